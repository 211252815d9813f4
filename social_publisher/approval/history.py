"""Who has had a hand in a post, from its first draft to the last decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from social_publisher.approval.audit import display_name
from social_publisher.approval.service import REJECTED, SENT_BACK
from social_publisher.models import Approval, AuditEvent, BreakGlass, Endorsement, Post

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Touch:
    """Who did what with a post or a page, when (UTC), and what they said about it."""

    at: datetime
    who: str
    what: str
    said: str = ""


def touches(post: Post) -> list[Touch]:
    """The newest first, at most `SHOWN`; in a fixed number of queries."""
    found = [*_drafts(post), *_reviews(post), *_decisions(post)]
    return sorted(found, key=lambda touch: touch.at, reverse=True)[:SHOWN]


def page_touches(page: Page) -> list[Touch]:
    """Who wrote and changed a page, the newest first, at most `SHOWN`."""
    return _drafts(page)[:SHOWN]


def _drafts(written: Post | Page) -> list[Touch]:
    drafts = list(
        written.revisions.select_related("user")
        .only("created_at", "user__username", "user__first_name", "user__last_name")
        .order_by("-created_at")[: SHOWN + 1]
    )
    told = [Touch(draft.created_at, display_name(draft.user), _("Changed it")) for draft in drafts]
    if told and len(told) <= SHOWN:
        told[-1] = Touch(told[-1].at, told[-1].who, _("Wrote it"))
    return told


def _reviews(post: Post) -> list[Touch]:
    states = TaskState.objects.for_instance(post).select_related("workflow_state__requested_by").order_by("-started_at")
    told = [
        Touch(state.started_at, display_name(state.workflow_state.requested_by), _("Submitted it"))
        for state in states[:SHOWN]
    ]
    words = {SENT_BACK: _("Asked for changes"), REJECTED: _("Rejected it")}
    refused = AuditEvent.objects.filter(action__in=words, data__post=post.pk)
    return told + [
        Touch(event.at, event.actor_name, words[event.action], event.data.get("comment", ""))
        for event in refused[:SHOWN]
    ]


def _decisions(post: Post) -> list[Touch]:
    told = [
        Touch(row.at, row.person_name, _("Approved it, the first of two"), row.comment)
        for row in Endorsement.objects.filter(post=post)
    ]
    for approval in Approval.objects.filter(post=post)[:SHOWN]:
        if not approval.urgent:
            told.append(Touch(approval.approved_at, _names(approval), _("Approved it"), approval.comment))
        if approval.voided_at:
            told.append(Touch(approval.voided_at, "", _("The approval was taken back"), approval.voided_reason))
    for broken in BreakGlass.objects.filter(approval__post=post)[:SHOWN]:
        told.append(Touch(broken.at, broken.by_name, _("Sent it without a second person"), broken.reason))
        if broken.signed_off_at:
            what = _("Objected to it") if broken.is_objection else _("Signed it off")
            told.append(Touch(broken.signed_off_at, broken.signed_off_name, what, broken.comment))
    return told


def _names(approval: Any) -> str:
    names = [approval.approver_name, approval.second_approver_name]
    return _(" and ").join(name for name in names if name)
