"""An alert that cannot wait: who may send it, what still stands against it, the undo, and the word afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from social_publisher.approval import break_glass as glass
from social_publisher.approval.errors import ApprovalError, ChangedError, NotSendableError, OwnWorkError
from social_publisher.delivery import pausing
from social_publisher.delivery.worker import carry
from social_publisher.messages.checks import Check, Finding
from social_publisher.models import Alert, Approval, AuditEvent, BreakGlass, Delivery, Launch, Post
from social_publisher.models.ledger import Event
from tests.factories import (
    approve,
    digest_of,
    edit,
    make_alert,
    make_approver,
    make_campaign,
    make_channel,
    make_correction,
    make_editor,
    make_post,
    make_user,
    send_at_once,
    submitted,
)
from tests.pages import make_news

pytestmark = pytest.mark.django_db
REASON = "A poisoned batch is on sale today."
NOW = timezone.now()


def alert(**fields: Any) -> Post:
    return make_alert(**{"due_at": NOW + timedelta(days=1), **fields})


def send(post: Post, person: Any = None) -> BreakGlass:
    return send_at_once(post, person, NOW)


def test_it_leaves_after_half_a_minute_and_everybody_is_told() -> None:
    post, person = alert(channels=[make_channel("x"), make_channel("bluesky")]), make_approver()
    broken = send(post, person)
    rows = list(Delivery.objects.all())
    assert {row.due_at for row in rows} == {NOW + timedelta(seconds=30)}
    approval = Approval.objects.get()
    assert (approval.urgent, approval.approver, approval.stands) == (True, None, True)
    assert Alert.objects.get(kind="break_glass", post=post).words == f"{person.username} sent it at once: {REASON}"
    assert AuditEvent.objects.get(action="post.break-glass").data["reason"] == REASON
    carry([row.pk for row in rows], clock=lambda: broken.undo_until)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"published"}


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda post: Post.objects.filter(pk=post.pk).update(is_alert=False), ApprovalError),
        (lambda post: setattr(post, "person", make_editor()), ApprovalError),
        (lambda post: setattr(post, "person", make_user("Channel managers")), ApprovalError),
        (lambda post: setattr(post, "why", "Because."), ApprovalError),
        (lambda post: setattr(post, "seen", "0" * 64), ChangedError),
        (lambda post: Post.objects.filter(pk=post.pk).update(text="a" * 900), NotSendableError),
    ],
)
def test_it_is_refused(spoil: Callable[[Any], object], error: type[Exception]) -> None:
    post: Any = alert()
    Post.objects.filter(pk=post.pk).update(has_unpublished_changes=False)
    spoil(post)
    seen = getattr(post, "seen", digest_of(post))
    with pytest.raises(error):
        glass.break_glass(post, getattr(post, "person", make_approver()), seen, getattr(post, "why", REASON), NOW)
    assert not Approval.objects.exists()


@pytest.mark.parametrize("due_at", [NOW - timedelta(days=2), NOW + timedelta(days=2)])
def test_its_planned_time_does_not_matter(due_at: Any) -> None:
    assert send(alert(due_at=due_at)).approval.deliveries.get().state == "waiting"


def test_what_advises_is_recorded_and_what_always_blocks_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Finding(Check.BLACKOUT, "An election.", blocking=True)]
    monkeypatch.setattr(glass, "findings", lambda post, package, now: found)
    assert send(alert()).findings == ["An election."]
    found.append(Finding(Check.ALT_TEXT, "No description.", blocking=True))
    with pytest.raises(NotSendableError, match=r"No description\."):
        send(alert())


def prepared_alert() -> dict[str, Any]:
    """An alert that may be submitted: a correction is at hand."""
    campaign = make_campaign()
    return {"is_alert": True, "campaign": campaign, "correction": make_correction(campaign)}


@pytest.mark.parametrize("before", ["in review", "approved"])
def test_it_replaces_a_review_or_an_approval(before: str) -> None:
    if before == "in review":
        post = submitted(**prepared_alert())
    else:
        post = make_post(**prepared_alert())
        approve(post)
    send(post)
    assert not Post.objects.get(pk=post.pk).workflow_in_progress
    assert Approval.objects.get(voided_at=None).urgent
    assert Delivery.objects.get(state="waiting").approval.urgent


def test_undone_in_time_nothing_leaves_and_nothing_stays_red() -> None:
    broken, other = send(alert()), make_approver()
    assert glass.undo(broken, other, NOW + timedelta(seconds=10)) == 0
    row = Delivery.objects.get()
    assert (row.state, row.reason) == ("cancelled", f"Undone by {other.username}.")
    assert not Approval.objects.get().stands
    assert glass.unsigned(10) == []
    assert AuditEvent.objects.filter(action="post.break-glass-undone", actor=other).exists()
    with pytest.raises(ApprovalError):
        glass.undo(broken, other, NOW)


def test_undo_is_for_those_who_may_send_and_only_until_it_has_left() -> None:
    broken = send(alert())
    with pytest.raises(ApprovalError):
        glass.undo(broken, make_editor(), NOW)
    carry([Delivery.objects.get().pk], clock=lambda: broken.undo_until)
    with pytest.raises(ApprovalError, match="waits"):
        glass.undo(broken, make_approver(), broken.undo_until)


def test_undo_stops_the_rest_and_what_left_stays_red() -> None:
    broken = send(alert(channels=[make_channel("x"), make_channel("bluesky")]))
    carry([Delivery.objects.first().pk], clock=lambda: broken.undo_until)
    assert glass.undo(broken, make_approver(), broken.undo_until) == 1
    assert glass.unsigned(10) == [broken]


def test_a_second_person_signs_off_and_becomes_its_approver() -> None:
    post, sender, second = alert(), make_approver(), make_approver()
    broken = send(post, sender)
    assert glass.unsigned(10) == [broken]
    glass.sign_off(broken, second, NOW, "Right.")
    approval = Approval.objects.get()
    assert (approval.approver, approval.approver_name) == (second, second.username)
    assert glass.unsigned(10) == []
    with pytest.raises(ApprovalError):
        glass.sign_off(broken, make_approver(), NOW)


@pytest.mark.parametrize("person", ["sender", "author", "last editor", "superuser who sent it"])
def test_nobody_signs_off_their_own(person: str) -> None:
    author, editor = make_user("Approvers"), make_user("Approvers")
    sender = make_user(superuser=True) if "superuser" in person else make_approver()
    post = alert(author=author)
    post.save_revision(user=editor)
    broken = send(post, sender)
    people = {"sender": sender, "author": author, "last editor": editor, "superuser who sent it": sender}
    with pytest.raises(OwnWorkError):
        glass.sign_off(broken, people[person], NOW)
    assert glass.unsigned(10) == [broken]


def test_an_editor_signs_nothing_off() -> None:
    with pytest.raises(ApprovalError):
        glass.sign_off(send(alert()), make_editor(), NOW)


@pytest.mark.parametrize(
    "fields", [{"signed_off_name": "one", "signed_off_at": NOW}, {"signed_off_at": NOW}, {"is_objection": True}]
)
def test_the_database_refuses_a_sign_off_by_the_sender_or_nobody(fields: dict[str, Any]) -> None:
    broken = send(alert())
    own = {"signed_off_by": broken.by} if "signed_off_name" in fields else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakGlass.objects.filter(pk=broken.pk).update(**fields, **own)


def test_an_objection_says_why_and_stays_red_until_it_is_taken_back() -> None:
    broken, second = send(alert()), make_approver()
    carry([Delivery.objects.get().pk], clock=lambda: broken.undo_until)
    with pytest.raises(ApprovalError):
        glass.sign_off(broken, second, NOW, " ", objects=True)
    glass.sign_off(broken, second, NOW, "The figure is wrong.", objects=True)
    assert glass.unsigned(10) == [broken]
    assert Approval.objects.get().approver is None
    assert "The figure is wrong." in Alert.objects.get(kind="unsigned").words
    Delivery.objects.move(Event.RECALLED, [Delivery.objects.get().pk], at=NOW)
    assert glass.unsigned(10) == []


def test_people_are_reminded_after_an_hour_and_then_daily_until_somebody_signs() -> None:
    broken = send(alert())
    hours = (0.5, 1, 2, 24, 25.1, 48)
    assert [glass.remind(NOW + timedelta(hours=hour)) for hour in hours] == [0, 1, 0, 0, 1, 0]
    glass.sign_off(broken, make_approver(), NOW)
    assert glass.remind(NOW + timedelta(hours=80)) == 0


def test_a_pause_holds_it_and_it_can_still_be_undone() -> None:
    post = alert()
    pausing.pause(reason="Incident", user=None, campaign=post.campaign)
    broken = send(post)
    carry([Delivery.objects.get().pk], clock=lambda: broken.undo_until + timedelta(minutes=1))
    assert Delivery.objects.get().state == "waiting"
    assert glass.undo(broken, make_approver(), NOW + timedelta(minutes=2)) == 0


def test_a_change_in_the_half_minute_stops_it(django_capture_on_commit_callbacks: Any) -> None:
    post = alert()
    send(post)
    with django_capture_on_commit_callbacks(execute=True):
        edit(post, "Other words.")
    assert Delivery.objects.get().state == "cancelled"
    assert glass.unsigned(10) == []


def test_what_waits_for_its_page_is_not_sent_at_once() -> None:
    page = make_news(live=False)
    post = alert(link_page=page.page_ptr, link_url="")
    Post.objects.filter(pk=post.pk).update(launch=Launch.objects.create(page=page.page_ptr))
    with pytest.raises(ApprovalError, match="page"):
        send(post)
    assert not Approval.objects.exists()
