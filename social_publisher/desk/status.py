"""Where a post stands, in one word for lists and one sentence for screens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from social_publisher.models import Approval, Delivery, Post
from social_publisher.models.ledger import State

# What staff must see first comes first.
RANK = [
    State.NEEDS_PERSON,
    State.FAILED,
    State.MISSED,
    State.UNKNOWN,
    State.ARMED,
    State.WAITING,
    State.PUBLISHED,
    State.RECALLED,
]

TONES = {
    State.WAITING.value: "calm",
    State.ARMED.value: "calm",
    State.PUBLISHED.value: "good",
    State.CANCELLED.value: "quiet",
    State.RECALLED.value: "quiet",
    State.UNKNOWN.value: "warn",
    State.MISSED.value: "bad",
    State.FAILED.value: "bad",
    State.NEEDS_PERSON.value: "bad",
}


@dataclass(frozen=True)
class Standing:
    """A word, a tone for its badge, and why, if there is a why."""

    word: str
    tone: str
    why: str = ""

    def badge(self) -> SafeString:
        """The word as a badge; the tone is never the only sign."""
        return format_html('<span class="desk-badge desk-badge--{}">{}</span>', self.tone, self.word)


def standing(post: Post) -> Standing:
    """Say where a post stands from its approvals, deliveries and workflow; reads prefetched rows where there are."""
    deliveries = list(post.deliveries.all())
    approval = next((row for row in post.approvals.all() if row.stands), None)
    live = [delivery for delivery in deliveries if delivery.state != State.CANCELLED.value]
    if _lacks_sign_off(post, live):
        return Standing(
            _("Not signed off"), "bad", _("It was sent without a second person, who has yet to look at it.")
        )
    if live and (approval or any(delivery.state != State.WAITING.value for delivery in live)):
        return delivery_standing(_first(live))
    if post.workflow_in_progress:
        return _in_review(post)
    voided = _latest_voided(post.approvals.all())
    if voided and not approval:
        return Standing(_("Stopped"), "bad", voided.voided_reason)
    if approval:
        return Standing(_("Approved"), "calm")
    return Standing(_("Draft"), "quiet")


def _in_review(post: Post) -> Standing:
    names = ", ".join(row.person_name for row in post.endorsements.all())
    if names:
        return Standing(_("1 of 2 approved"), "warn", _("Approved by %(name)s. It needs one more.") % {"name": names})
    return Standing(_("In review"), "warn", _("Waits for another person's approval."))


def _lacks_sign_off(post: Post, live: list[Delivery]) -> bool:
    unsigned = {row.pk for row in post.approvals.all() if row.urgent and not row.approver_name}
    return any(row.approval_id in unsigned and row.state != State.MISSED.value for row in live)


def delivery_standing(delivery: Delivery) -> Standing:
    """The badge of one delivery."""
    return Standing(delivery.get_state_display(), TONES[delivery.state], delivery.reason)


def _first(deliveries: list[Delivery]) -> Delivery:
    order = {state.value: rank for rank, state in enumerate(RANK)}
    return min(deliveries, key=lambda delivery: order.get(delivery.state, len(order)))


def _latest_voided(approvals: Iterable[Approval]) -> Approval | None:
    return max((row for row in approvals if not row.stands), key=lambda row: row.approved_at, default=None)


class PostStateColumn(Column):
    """The standing of a post in a list."""

    def __init__(self) -> None:
        super().__init__("state", label=gettext_lazy("State"))

    def get_value(self, instance: Any) -> SafeString:
        return standing(instance).badge()
