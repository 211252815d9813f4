from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from social_publisher.approval import service
from social_publisher.approval.errors import ApprovalError, ChangedError, NotSendableError, OwnWorkError
from social_publisher.approval.package import build_package
from social_publisher.models import Approval, AuditEvent, Delivery, Post
from tests.factories import approve, make_approver, make_channel, make_editor, make_post, make_user

pytestmark = pytest.mark.django_db


def in_review(**fields: Any) -> Post:
    post = make_post(**fields)
    service.submit(post, post.author)
    return Post.objects.get(pk=post.pk)


def digest(post: Post) -> str:
    return build_package(post.current()).digest


def test_another_person_approves_and_one_delivery_a_channel_waits() -> None:
    channels = [make_channel("x"), make_channel("bluesky")]
    post = in_review(channels=channels)
    approver = make_approver()
    approval = service.approve(post, approver, digest(post), "fine")
    assert (approval.digest, approval.approver) == (digest(post), approver)
    assert [row.channel for row in Delivery.objects.filter(post=post, state="waiting")] == channels
    assert AuditEvent.objects.filter(action="post.approved", actor_name=approver.username).exists()


def test_the_author_cannot_approve() -> None:
    author = make_user("Approvers")
    post = in_review(author=author)
    with pytest.raises(OwnWorkError):
        service.approve(post, author, digest(post))


def test_a_superuser_who_edited_last_cannot_approve() -> None:
    superuser = make_user(superuser=True)
    post = make_post()
    post.text = "Edited by the superuser."
    post.save_revision(user=superuser)
    service.submit(post, make_editor())
    post = Post.objects.get(pk=post.pk)
    with pytest.raises(OwnWorkError):
        service.approve(post, superuser, digest(post))
    assert not Delivery.objects.exists()


def test_an_editor_without_the_role_cannot_approve() -> None:
    post = in_review()
    with pytest.raises(ApprovalError):
        service.approve(post, make_editor(), digest(post))


def test_the_database_refuses_an_approval_of_own_work() -> None:
    post = in_review()
    common = {"post": post, "digest": "0" * 64, "package": {}, "revision_id_seen": 1, "approved_at": timezone.now()}
    other = make_approver()
    for author, editor in ((post.author, other), (other, post.author)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.create(**common, author=author, last_editor=editor, approver=post.author)


def test_what_was_seen_is_what_is_approved() -> None:
    post = in_review()
    seen = digest(post)
    post.text = "Changed while the approver was reading."
    post.save_revision(user=post.author)
    with pytest.raises(ChangedError):
        service.approve(post, make_approver(), seen)


def test_wagtails_own_way_of_approving_is_closed() -> None:
    post = in_review()
    task = post.current_workflow_task
    approver = make_approver()
    assert task.get_actions(post, approver) == []
    for action in ("approve", "reject"):
        with pytest.raises(PermissionDenied):
            task.on_action(post.current_workflow_task_state, approver, action)


def test_publishing_past_the_approval_puts_nothing_on_the_ledger() -> None:
    post = make_post()
    post.latest_revision.publish(user=make_user(superuser=True), skip_permission_checks=True)
    post.refresh_from_db()
    assert post.live
    assert not Delivery.objects.exists()


def test_own_work_does_not_wait_for_oneself() -> None:
    approver = make_approver()
    own, other = in_review(author=approver), in_review()
    task = own.current_workflow_task
    waiting = [state.workflow_state.object_id for state in task.get_task_states_user_can_moderate(approver)]
    assert waiting == [str(other.pk)]


def test_changes_requested_and_submitted_again() -> None:
    post = in_review()
    service.request_changes(post, make_approver(), "Shorter, please.")
    post = Post.objects.get(pk=post.pk)
    assert not post.workflow_in_progress
    post.text = "Shorter."
    post.save_revision(user=post.author)
    approve(Post.objects.get(pk=post.pk))
    assert Delivery.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"text": "a" * 600}, "Shorten"),
        ({"due_at": timezone.now() - timedelta(days=1)}, "past"),
    ],
)
def test_what_cannot_leave_is_not_submitted(fields: dict[str, Any], word: str) -> None:
    post = make_post(**fields)
    with pytest.raises(NotSendableError, match=word):
        service.submit(post, post.author)
    assert not post.workflow_in_progress


def test_the_author_stays_whoever_edits() -> None:
    post = make_post()
    author = post.author
    post.save_revision(user=make_editor())
    assert Post.objects.get(pk=post.pk).author == author
