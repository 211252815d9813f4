"""Giving a post another time, by whatever screen: a change like any other, which takes an approval back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from social_publisher.approval.audit import record
from social_publisher.approval.errors import ApprovalError, ChangedError
from social_publisher.approval.keeping import keep
from social_publisher.approval.service import can_approve
from social_publisher.models import Approval, Delivery, Post
from social_publisher.models.ledger import State

# Out, or perhaps out: its time is no longer anybody's to change.
LEFT = (State.ARMED, State.PUBLISHED, State.UNKNOWN, State.NEEDS_PERSON, State.RECALLED)


class NotMovableError(ApprovalError):
    """The post's time cannot be changed by this person now."""


class UnconfirmedError(ApprovalError):
    """Moving undoes something; the person has to know and say so first. The message says what."""


@dataclass(frozen=True)
class Move:
    """What was done: the times in UTC, the new draft, and whether an approval went with the old time."""

    before: datetime | None
    after: datetime
    revision: int
    was_approved: bool


@transaction.atomic
def move(post_id: int, user: Any, to: datetime, *, seen: int | None, now: datetime, confirmed: bool = False) -> Move:
    """Save a draft with the new time as this person's, who becomes its last editor; an approval is taken back.

    `seen` is the draft the person saw. Raises ChangedError when there is a newer one, NotMovableError, or
    UnconfirmedError unless `confirmed`; Post.DoesNotExist.
    """
    post = Post.objects.select_for_update(of=("self",)).get(pk=post_id)
    # Held until the draft is committed: nothing is armed in between.
    deliveries = list(Delivery.objects.select_for_update().filter(post=post).order_by("pk"))
    if post.latest_revision_id != seen:
        raise ChangedError(_("The post was changed since this was drawn. Reload, look at it, then move it."))
    if to <= now:
        raise NotMovableError(_("This time is past. Choose a later one."))
    _require_movable(post, user, deliveries)
    approved = Approval.objects.filter(post=post, voided_at=None).exists()
    if not confirmed:
        _ask(post, user, approved=approved)
    content = post.current()
    before = content.due_at and content.due_at.astimezone(UTC)
    content.due_at = to
    revision = keep(content, user, clean=False)
    times = {"before": before and before.isoformat(), "after": to.isoformat()}
    record("post.moved", post, user, post=post.pk, revision=revision.pk, was_approved=approved, **times)
    return Move(before, to, revision.pk, approved)


def _require_movable(post: Post, user: Any, deliveries: list[Delivery]) -> None:
    if any(delivery.state in {state.value for state in LEFT} or delivery.parts_out for delivery in deliveries):
        raise NotMovableError(_("This post is out, or leaving now. Its time cannot be changed."))
    lock = post.get_lock()
    if lock is not None and lock.for_user(user):
        raise NotMovableError(
            _("This post is locked: it is in review, or somebody keeps it. Open it in the composer to see who has it.")
        )


def _ask(post: Post, user: Any, *, approved: bool) -> None:
    if approved:
        raise UnconfirmedError(
            _("This post is approved. If you move it, it needs approval again, by somebody else than you.")
        )
    if can_approve(post, user):
        raise UnconfirmedError(
            _("This post waits for approval. If you move it, you edited it last and somebody else has to approve it.")
        )
