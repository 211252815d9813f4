"""A delivery's states and the only ways between them. The database refuses every other way with a trigger."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    WAITING = "waiting"
    ARMED = "armed"
    PUBLISHED = "published"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NEEDS_PERSON = "needs_person"
    MISSED = "missed"
    CANCELLED = "cancelled"
    RECALLED = "recalled"


STATES = [
    (State.WAITING.value, _("Waiting")),
    (State.ARMED.value, _("Leaving now")),
    (State.PUBLISHED.value, _("Published")),
    (State.FAILED.value, _("Refused")),
    (State.UNKNOWN.value, _("Being checked")),
    (State.NEEDS_PERSON.value, _("Needs a person")),
    (State.MISSED.value, _("Missed")),
    (State.CANCELLED.value, _("Stopped")),
    (State.RECALLED.value, _("Taken back")),
]


class Event(StrEnum):
    """What can happen to a delivery."""

    ARM = "arm"
    SENT = "sent"
    REFUSED = "refused"
    PUT_OFF = "put off"
    LOST = "lost"
    FOUND = "found"
    ABSENT = "absent"
    CANNOT_TELL = "cannot tell"
    CONFIRMED = "confirmed by a person"
    SEND_AGAIN = "send again by a person"
    TOO_LATE = "too late"
    HALF_OUT = "stopped with a part of it out"
    CANCELLED = "cancelled"
    RECALLED = "recalled"
    LATE_RECEIPT = "late receipt"


TRANSITIONS: Mapping[Event, tuple[frozenset[State], State]] = {
    Event.ARM: (frozenset({State.WAITING}), State.ARMED),
    Event.SENT: (frozenset({State.ARMED}), State.PUBLISHED),
    Event.REFUSED: (frozenset({State.ARMED}), State.FAILED),
    Event.PUT_OFF: (frozenset({State.ARMED}), State.WAITING),
    Event.LOST: (frozenset({State.ARMED}), State.UNKNOWN),
    Event.FOUND: (frozenset({State.UNKNOWN}), State.PUBLISHED),
    Event.ABSENT: (frozenset({State.UNKNOWN}), State.WAITING),
    Event.CANNOT_TELL: (frozenset({State.UNKNOWN}), State.NEEDS_PERSON),
    Event.CONFIRMED: (frozenset({State.NEEDS_PERSON, State.FAILED}), State.PUBLISHED),
    Event.SEND_AGAIN: (frozenset({State.NEEDS_PERSON, State.FAILED}), State.WAITING),
    # A thread that stopped half-way is not "missed" or "stopped": readers see its first parts.
    Event.HALF_OUT: (frozenset({State.WAITING}), State.NEEDS_PERSON),
    Event.TOO_LATE: (frozenset({State.WAITING}), State.MISSED),
    # A missed or refused delivery is never sent: a new approval replaces it.
    Event.CANCELLED: (frozenset({State.WAITING, State.FAILED, State.MISSED}), State.CANCELLED),
    Event.RECALLED: (frozenset({State.PUBLISHED}), State.RECALLED),
    # An owner believed dead comes back with proof: whatever was decided meanwhile, the post is out.
    Event.LATE_RECEIPT: (
        frozenset({State.WAITING, State.NEEDS_PERSON, State.CANCELLED, State.MISSED, State.FAILED}),
        State.PUBLISHED,
    ),
}


def allowed_moves() -> set[tuple[str, str]]:
    """Return every allowed pair of states."""
    return {(source.value, target.value) for sources, target in TRANSITIONS.values() for source in sources}


class DeliveryQuerySet(models.QuerySet[Any]):
    """Deliveries by what has to happen with them."""

    def move(
        self, event: Event, ids: Collection[int], *, at: datetime, owner: UUID | None = None, **fields: Any
    ) -> int:
        """Compare and set: change those of `ids` that the event applies to, and return how many changed.

        With `owner`, only rows this process still owns change: a row that was taken away is left alone.
        """
        sources, target = TRANSITIONS[event]
        rows = self.filter(pk__in=ids, state__in=[source.value for source in sources])
        if event is Event.ARM:
            fields["owner"] = owner
        else:
            if owner is not None:
                rows = rows.filter(owner=owner)
            fields.update(owner=None, lease_until=None)
        if event is Event.LOST:
            fields["unknown_at"] = at
        return rows.update(state=target.value, state_changed_at=at, **fields)

    def owned(self, owner: UUID, now: datetime) -> DeliveryQuerySet:
        """Armed by this owner, whose lease still runs."""
        return self.filter(state=State.ARMED.value, owner=owner, lease_until__gt=now)

    def due(self, now: datetime) -> DeliveryQuerySet:
        """Waiting, and its time has come."""
        return self.filter(state=State.WAITING.value, next_at__lte=now)

    def held_by_pause(self) -> models.Q:
        """The condition that a standing pause holds a delivery, or its whole channel."""
        from social_publisher.models.pause import Pause

        standing = Pause.objects.filter(lifted_at=None)
        everything = models.Exists(standing.filter(channel=None, campaign=None))
        channel = models.Exists(standing.filter(channel=models.OuterRef("channel")))
        return models.Q(everything) | models.Q(channel)

    def held_by_post(self) -> models.Subquery:
        """Whether its campaign is paused, or it waits for its launch's page to be seen live.

        Asked row by row, on purpose: PostgreSQL guesses how much is due by how much ever was, and would rather read
        every post there is than look up those of the few rows that are due.
        """
        from social_publisher.models.pause import Pause
        from social_publisher.models.post import Post

        paused = models.Exists(Pause.objects.filter(lifted_at=None, campaign=models.OuterRef("campaign")))
        unseen = models.Q(launch__isnull=False, launch__seen_live_at=None)
        held = models.ExpressionWrapper(models.Q(paused) | unseen, output_field=models.BooleanField())
        post = Post.objects.filter(pk=models.OuterRef("post_id")).annotate(is_held=held)
        return models.Subquery(post.order_by().values("is_held"), output_field=models.BooleanField())

    def unheld(self) -> DeliveryQuerySet:
        """Held by nothing."""
        with_held: DeliveryQuerySet = self.alias(is_held=self.held_by_post())
        return with_held.filter(~self.held_by_pause(), is_held=False)

    def held(self) -> DeliveryQuerySet:
        """Held by a pause, or until its page is live."""
        with_held: DeliveryQuerySet = self.alias(is_held=self.held_by_post())
        return with_held.filter(self.held_by_pause() | models.Q(is_held=True))
