"""Where planned posts stand, asked of the database for many at once; the same answer as `desk.status` gives for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Expression, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import IsNull
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
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
BADGE = (
    '<span class="desk-badge desk-badge--{}"><svg class="icon" aria-hidden="true"><use href="#icon-{}"></use></svg> {}'
    "</span>"
)


def with_standing(plans: QuerySet[Plan]) -> QuerySet[Any]:
    """The plans with `standing`, a code of WORDS, and `is_gone`, whether a channel has the post already."""
    deliveries = Delivery.objects.filter(post=OuterRef("post_id"))
    live = deliveries.exclude(state=State.CANCELLED.value).exclude(
        state=State.WAITING.value, approval__voided_at__isnull=False
    )
    rank = Case(*(When(state=state.value, then=Value(place)) for place, state in enumerate(RANK)), default=len(RANK))
    approvals = Approval.objects.filter(post=OuterRef("post_id")).order_by(F("voided_at").asc(nulls_first=True))
    reviews = WorkflowState.objects.filter(
        base_content_type=Post.get_content_type(), status=WorkflowState.STATUS_IN_PROGRESS
    ).filter(object_id=Cast(OuterRef("post_id"), CharField()))
    approved = Case(When(voided_at=None, then=Value("approved")), default=Value("stopped"))
    return plans.annotate(
        standing=Coalesce(
            Subquery(live.order_by(rank).values("state")[:1]),
            Subquery(reviews.values(word=Value("review"))[:1]),
            Subquery(approvals.values(word=approved)[:1]),
            Value("draft"),
        ),
        is_gone=there_is(deliveries.filter(Q(state__in=[state.value for state in LEFT]) | ~Q(parts_out=[]))),
    )


def there_is(rows: QuerySet[Any]) -> Expression:
    """Whether there is one. Not EXISTS: for many posts that reads the whole table, once."""
    return IsNull(Subquery(rows.values("pk")[:1]), False)


def standing_of(code: str) -> Standing:
    """A code as word and tone."""
    word, tone = WORDS[code]
    return Standing(str(word), tone)


def badges() -> dict[str, SafeString]:
    """Each code as a badge with its icon, in the reader's language."""
    marks = ((code, *WORDS[code]) for code in ICONS)
    return {code: format_html(BADGE, tone, ICONS[code], word) for code, word, tone in marks}
