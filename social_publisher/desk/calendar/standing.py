"""Where planned posts stand, asked of the database for many at once; the same answer as `desk.status` gives for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from social_publisher.approval.moving import LEFT
from social_publisher.desk.status import RANK, TONES, Standing
from social_publisher.models import Approval, Delivery, Plan, Post
from social_publisher.models.ledger import STATES, State

WORDS: Mapping[str, tuple[str | Promise, str]] = {
    "draft": (_("Draft"), "quiet"),
    "review": (_("In review"), "warn"),
    "approved": (_("Approved"), "calm"),
    "stopped": (_("Stopped"), "bad"),
    **{value: (word, TONES[value]) for value, word in STATES},
}


@dataclass(frozen=True)
class Group:
    """Some standings under one name, with the icon that stands beside their words."""

    label: str | Promise
    icon: str
    codes: tuple[str, ...]


GROUPS: Mapping[str, Group] = {
    "draft": Group(_("Draft"), "edit", ("draft",)),
    "review": Group(_("In review"), "view", ("review",)),
    "approved": Group(_("Approved or waiting"), "time", ("approved", "waiting", "armed")),
    "published": Group(_("Published"), "check", ("published", "recalled")),
    "trouble": Group(_("In trouble"), "warning", ("stopped", "failed", "missed", "unknown", "needs_person")),
}
ICONS = {code: group.icon for group in GROUPS.values() for code in group.codes}


def with_standing(plans: QuerySet[Plan]) -> QuerySet[Any]:
    """The plans with `standing`, a code of WORDS, and `is_gone`, whether a channel has the post already."""
    deliveries = Delivery.objects.filter(post=OuterRef("post_id"))
    live = deliveries.exclude(state=State.CANCELLED.value).exclude(
        state=State.WAITING.value, approval__voided_at__isnull=False
    )
    rank = Case(*(When(state=state.value, then=Value(place)) for place, state in enumerate(RANK)), default=len(RANK))
    approvals = Approval.objects.filter(post=OuterRef("post_id"))
    reviews = WorkflowState.objects.filter(
        content_type=Post.get_content_type(), status=WorkflowState.STATUS_IN_PROGRESS
    ).filter(object_id=Cast(OuterRef("post_id"), CharField()))
    without_delivery = Case(
        When(Exists(reviews), then=Value("review")),
        When(Exists(approvals.filter(voided_at=None)), then=Value("approved")),
        When(Exists(approvals), then=Value("stopped")),
        default=Value("draft"),
    )
    return plans.annotate(
        standing=Coalesce(Subquery(live.order_by(rank).values("state")[:1]), without_delivery),
        is_gone=Exists(deliveries.filter(Q(state__in=[state.value for state in LEFT]) | ~Q(parts_out=[]))),
    )


def standing_of(code: str) -> Standing:
    """A code as word and tone."""
    word, tone = WORDS[code]
    return Standing(str(word), tone)
