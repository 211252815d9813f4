from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from media.models import CampaignImage
from social_publisher.approval import service
from social_publisher.approval.errors import ApprovalError, ChangedError, NotSendableError, OwnWorkError
from social_publisher.approval.package import build_package
from social_publisher.approval.waiting import waiting_for
from social_publisher.delivery.arm import arm
from social_publisher.delivery.worker import carry
from social_publisher.models import Approval, AuditEvent, Delivery, Post, PostImage
from social_publisher.models.ledger import Event
from tests.factories import (
    approve,
    make_approver,
    make_channel,
    make_editor,
    make_image,
    make_post,
    make_user,
    picture_bytes,
)

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


def test_nobody_decides_alone_by_changing_the_picture_before_approving() -> None:
    post = in_review(image=make_image())
    image = CampaignImage.objects.get()
    image.file = ImageFile(ContentFile(picture_bytes("red")), name="red.png")
    image.save()
    image.renditions.all().delete()
    with pytest.raises(ChangedError, match="submitted"):
        service.approve(post, make_approver(), digest(post))


def test_a_missed_post_leaves_after_a_new_approval() -> None:
    post = make_post()
    approve(post)
    Delivery.objects.move(Event.TOO_LATE, [Delivery.objects.get().pk], at=timezone.now())
    post = Post.objects.get(pk=post.pk)
    post.due_at = timezone.now() + timedelta(hours=1)
    post.save_revision(user=post.author)
    approve(Post.objects.get(pk=post.pk))
    assert list(Delivery.objects.order_by("pk").values_list("state", flat=True)) == ["cancelled", "waiting"]


def test_a_post_that_is_out_everywhere_is_not_approved_again() -> None:
    post = make_post()
    approve(post)
    row = Delivery.objects.get()
    carry([row.pk], clock=lambda: row.due_at)
    post = Post.objects.get(pk=post.pk)
    post.text = "Once more."
    post.save_revision(user=post.author)
    with pytest.raises(ApprovalError, match="out on every channel"):
        approve(Post.objects.get(pk=post.pk))


def test_a_post_whose_outcome_is_open_is_not_approved_again() -> None:
    post = make_post()
    approve(post)
    row = Delivery.objects.get()
    arm([row.pk], uuid4(), row.due_at)
    post = Post.objects.get(pk=post.pk)
    post.text = "Other words."
    post.save_revision(user=post.author)
    with pytest.raises(ApprovalError, match="being checked"):
        approve(Post.objects.get(pk=post.pk))


def test_requesting_changes_on_a_resubmission_takes_the_old_approval_back() -> None:
    post = make_post()
    approve(post)
    service.submit(Post.objects.get(pk=post.pk), post.author)
    service.request_changes(Post.objects.get(pk=post.pk), make_approver(), "On second thoughts, no.")
    assert Delivery.objects.get().state == "cancelled"
    assert not Approval.objects.get().stands


def test_cancelling_the_workflow_takes_the_approval_back() -> None:
    post = make_post()
    approve(post)
    state = service.submit(Post.objects.get(pk=post.pk), post.author)
    state.cancel(user=post.author)
    assert Delivery.objects.get().state == "cancelled"


def test_a_decided_post_cannot_be_decided_again() -> None:
    post = in_review()
    seen = digest(post)
    service.approve(post, make_approver(), seen)
    for decide in (
        lambda: service.approve(post, make_approver(), seen),
        lambda: service.request_changes(post, make_approver(), "x"),
    ):
        with pytest.raises(ApprovalError):
            decide()
    assert Delivery.objects.get().state == "waiting"


def test_a_draft_opens_even_when_its_picture_is_gone() -> None:
    post = make_post()
    approve(post)
    post = Post.objects.get(pk=post.pk)
    image = make_image("red")
    post.images = [PostImage(image=image, alt_text="Red")]
    post.save_revision(user=post.author)
    image.delete()
    assert list(Post.objects.get(pk=post.pk).current().images.all()) == []


def test_two_channels_change_places() -> None:
    x, bluesky = make_channel("x"), make_channel("bluesky")
    post = make_post([x, bluesky])
    first, second = post.variants.all()
    first.channel, second.channel = bluesky, x
    post.variants = [first, second]
    post.save()
    assert [variant.channel for variant in Post.objects.get(pk=post.pk).variants.all()] == [bluesky, x]


def test_nobody_decides_alone_by_changing_the_picture_and_submitting_it() -> None:
    post, person = make_post(image=make_image()), make_user(superuser=True)
    image = CampaignImage.objects.get()
    image.file = ImageFile(ContentFile(picture_bytes("red")), name="red.png")
    image.save()
    image.renditions.all().delete()
    service.submit(post, person)
    post = Post.objects.get(pk=post.pk)
    assert not service.can_approve(post, person)
    assert not waiting_for(person, 5)
    with pytest.raises(OwnWorkError):
        service.approve(post, person, digest(post))
    assert service.approve(post, make_approver(), digest(post))
