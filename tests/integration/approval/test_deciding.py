"""Saying no, asking for changes, and two of three where a campaign wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import WorkflowState

from social_publisher.approval import service
from social_publisher.approval.changes import changes_since_approval
from social_publisher.approval.errors import ApprovalError, OwnWorkError
from social_publisher.approval.history import touches
from social_publisher.approval.package import build_package
from social_publisher.delivery.arm import arm
from social_publisher.messages.diff import Change
from social_publisher.models import Alert, Approval, AuditEvent, CampaignRules, Delivery, Endorsement, Post, PostImage
from tests.factories import (
    approve,
    digest_of,
    edit,
    make_approver,
    make_campaign,
    make_channel,
    make_editor,
    make_image,
    make_post,
    make_user,
    submitted,
)

pytestmark = pytest.mark.django_db


def needing_two(**fields: Any) -> Post:
    campaign = make_campaign()
    CampaignRules.objects.create(campaign=campaign, second_level=True)
    return submitted(campaign=campaign, **fields)


@pytest.mark.parametrize(
    ("decide", "status", "what"),
    [
        (service.reject, WorkflowState.STATUS_CANCELLED, "Rejected it"),
        (service.request_changes, WorkflowState.STATUS_NEEDS_CHANGES, "Asked for changes"),
    ],
)
def test_a_no_ends_the_review_and_asking_for_changes_keeps_it(
    decide: Callable[..., None], status: str, what: str
) -> None:
    post, approver = submitted(), make_approver()
    decide(post, approver, "Name the source.")
    assert WorkflowState.objects.get().status == status
    assert not Post.objects.get(pk=post.pk).workflow_in_progress
    assert Alert.objects.get(kind="rejected", post=post).words.endswith(f"{approver.username}: Name the source.")
    assert not Alert.objects.filter(kind="to_approve").exists()
    told = touches(Post.objects.get(pk=post.pk))[0]
    assert (told.who, told.what, told.said) == (approver.username, what, "Name the source.")
    assert AuditEvent.objects.filter(data__comment="Name the source.", actor=approver).count() == 1


@pytest.mark.parametrize("decide", [service.reject, service.request_changes])
def test_a_no_says_why_and_comes_from_an_approver(decide: Callable[..., None]) -> None:
    post = submitted()
    for person, comment in ((make_approver(), "  "), (make_editor(), "No."), (post.author, "No.")):
        with pytest.raises(ApprovalError):
            decide(post, person, comment)
    assert Post.objects.get(pk=post.pk).workflow_in_progress


def test_asking_for_changes_and_rejecting_later_are_told_apart() -> None:
    post, approver = submitted(), make_approver()
    service.request_changes(post, approver, "Name the source.")
    service.submit(Post.objects.get(pk=post.pk), post.author)
    service.reject(Post.objects.get(pk=post.pk), approver, "No.")
    said = [(touch.what, touch.said) for touch in touches(Post.objects.get(pk=post.pk)) if touch.said]
    assert said == [("Rejected it", "No."), ("Asked for changes", "Name the source.")]


def test_a_rejected_post_begins_anew() -> None:
    post = submitted()
    service.reject(post, make_approver(), "No.")
    approve(edit(post, "Better."))
    assert Delivery.objects.get().state == "waiting"


def test_approvers_are_told_when_a_post_is_submitted_and_not_after_the_decision() -> None:
    post = submitted()
    assert Alert.objects.get(kind="to_approve", post=post).words == f"Submitted by {post.author}."
    service.approve(post, make_approver(), digest_of(post))
    assert not Alert.objects.filter(kind="to_approve").exists()


def test_two_people_approve_where_the_campaign_asks_for_it() -> None:
    post, first, second = needing_two(), make_approver(), make_approver()
    assert service.approve(post, first, digest_of(post), "Fine.") is None
    assert not Delivery.objects.exists()
    approval = service.approve(post, second, digest_of(post), "Also.")
    assert approval is not None
    assert (approval.approver, approval.second_approver, approval.comment) == (first, second, "Fine.\n\nAlso.")
    assert (Delivery.objects.get().state, Endorsement.objects.count()) == ("waiting", 0)
    connection.check_constraints()


def test_nobody_is_both() -> None:
    post, first = needing_two(), make_approver()
    service.approve(post, first, digest_of(post))
    with pytest.raises(ApprovalError, match="already"):
        service.approve(post, first, digest_of(post))
    with pytest.raises(OwnWorkError):
        service.approve(post, post.author, digest_of(post))
    assert not Approval.objects.exists()


@pytest.mark.parametrize("way", ["edited", "sent back", "cancelled", "edited by the first", "edited and back"])
def test_a_change_takes_the_first_yes_back(way: str) -> None:
    post, first = needing_two(), make_approver()
    text = post.text
    service.approve(post, first, digest_of(post))
    if way == "sent back":
        service.request_changes(post, make_approver(), "Shorter.")
        service.submit(Post.objects.get(pk=post.pk), post.author)
    elif way == "cancelled":
        post.current_workflow_state.cancel(user=post.author)
        service.submit(Post.objects.get(pk=post.pk), post.author)
    else:
        post = edit(post, "Other words.", first if way == "edited by the first" else None)
        post = edit(post, text) if way == "edited and back" else post
    fresh = Post.objects.get(pk=post.pk)
    assert service.approve(fresh, make_approver(), digest_of(fresh)) is None
    assert not Approval.objects.exists()


@pytest.mark.parametrize("loss", ["account closed", "role taken", "edited last without a change"])
def test_the_first_yes_counts_only_of_somebody_who_still_may(loss: str) -> None:
    post, first = needing_two(), make_approver()
    service.approve(post, first, digest_of(post))
    if loss == "account closed":
        first.is_active = False
        first.save()
    elif loss == "role taken":
        first.groups.clear()
    else:
        edit(post, post.text, first)
    post = Post.objects.get(pk=post.pk)
    assert service.approve(post, make_approver(), digest_of(post)) is None


def test_asking_for_two_takes_back_what_one_approved() -> None:
    post = make_post()
    approve(post)
    CampaignRules.objects.create(campaign=post.campaign, second_level=True)
    assert "second approver" in Approval.objects.get().voided_reason
    assert Delivery.objects.get().state == "cancelled"


def test_the_database_refuses_one_where_two_have_to() -> None:
    post = needing_two()
    fields = {"post": post, "digest": "0" * 64, "package": {}, "revision_id_seen": 1, "approved_at": timezone.now()}
    with transaction.atomic():
        Approval.objects.create(**fields, approver=make_approver(), approver_name="one")
        with pytest.raises(IntegrityError, match="second approver"):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_asking_for_two_past_every_signal_is_caught_at_arming() -> None:
    post = make_post()
    rules = CampaignRules.objects.create(campaign=post.campaign)
    approve(post)
    connection.check_constraints()
    CampaignRules.objects.filter(pk=rules.pk).update(second_level=True)
    row = Delivery.objects.get()
    assert arm([row.pk], uuid4(), row.due_at) == []
    row.refresh_from_db()
    assert (row.state, Alert.objects.get(kind="stopped").delivery) == ("cancelled", row)
    assert "Not everybody approved it" in row.reason


def test_what_is_new_since_the_last_approval() -> None:
    first, second = make_channel("mastodon"), make_channel("bluesky")
    post = make_post([first, second], image=make_image(), text="Ask where it comes from.")
    approve(post)
    assert not changes_since_approval(post, build_package(Post.objects.get(pk=post.pk).current())).any
    post = Post.objects.get(pk=post.pk)
    post.text = "Ask who earns from it."
    post.link_url = "https://example.org/other"
    post.images = [PostImage(image=make_image("red"), alt_text="A red field")]
    post.variants = [variant for variant in post.variants.all() if variant.channel == first]
    post.save_revision(user=post.author)
    post = Post.objects.get(pk=post.pk)
    changes = changes_since_approval(post, build_package(post.current()))
    kept, gone = changes.channels
    assert [piece.text for piece in kept.text if piece.change is Change.REMOVED] == ["where it comes from."]
    assert [piece.text for piece in kept.text if piece.change is Change.ADDED] == ["who earns from it."]
    assert ([item.alt_text for item in kept.added], kept.removed) == (["A red field"], ("A dark field",))
    assert [(fact.name, fact.after) for fact in kept.facts] == [("Link", "https://example.org/other")]
    assert (gone.change, gone.channel) == (Change.REMOVED, f"bluesky @{second.handle}")


def test_a_post_that_was_never_approved_has_nothing_to_be_held_against() -> None:
    post = make_post()
    assert changes_since_approval(post, build_package(post)) is None


def test_everybody_who_touched_a_post_is_told_in_order() -> None:
    post = make_post()
    other, approver = make_editor(), make_approver()
    edit(post, "Other words.", other)
    approve(Post.objects.get(pk=post.pk), approver, submitter=other)
    told = [(touch.who, touch.what) for touch in reversed(touches(Post.objects.get(pk=post.pk)))]
    assert told == [
        (post.author.username, "Wrote it"),
        (other.username, "Changed it"),
        (other.username, "Submitted it"),
        (approver.username, "Approved it"),
    ]


def test_an_account_that_is_gone_leaves_its_name() -> None:
    post, approver = make_post(), make_user("Approvers")
    approve(post, approver)
    approver.delete()
    approval = Approval.objects.get()
    assert (approval.approver, approval.approver_name) == (None, approver.username)
