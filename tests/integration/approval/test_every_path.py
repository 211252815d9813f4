"""Four eyes on the paths that no screen of ours leads along: Wagtail's own views, the ORM, and the tables themselves.

Changes by saved drafts, rows and files are in `test_digest.py`, the rules of deciding in `test_four_eyes.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.records import Campaign
from media.models import CampaignImage
from social_publisher.approval import service
from social_publisher.approval.errors import ApprovalError, ChangedError, OwnWorkError
from social_publisher.delivery.arm import arm
from social_publisher.models import Approval, Channel, Delivery, Post, PostImage, ShortLink, Variant
from tests.factories import (
    approve,
    digest_of,
    edit,
    make_approver,
    make_channel,
    make_editor,
    make_image,
    make_post,
    make_user,
    make_video,
    picture_bytes,
    submitted,
)
from tests.integration.desk.test_screens import EDIT, form, signed_in
from tests.support import samples

pytestmark = pytest.mark.django_db


def approved(**fields: Any) -> Post:
    post = make_post(**fields)
    approve(post)
    return Post.objects.get(pk=post.pk)


def armed_at_its_time() -> int:
    row = Delivery.objects.exclude(state="cancelled").get()
    return len(arm([row.pk], uuid4(), row.due_at))


UPDATES: dict[str, Callable[[Post], object]] = {
    "text": lambda post: Post.objects.filter(pk=post.pk).update(text="Other words."),
    "time": lambda post: Post.objects.filter(pk=post.pk).update(due_at=F("due_at") - timedelta(minutes=1)),
    "language": lambda post: Post.objects.filter(pk=post.pk).update(language="ro"),
    "content warning": lambda post: Post.objects.filter(pk=post.pk).update(content_warning="Loud"),
    "link": lambda post: Post.objects.filter(pk=post.pk).update(link_url="https://example.org/elsewhere"),
    "campaign": lambda post: Campaign.objects.filter(pk=post.campaign_id).update(code="another"),
    "own text": lambda post: Variant.objects.update(text="Own words."),
    "minutes later": lambda post: Variant.objects.update(offset_minutes=5),
    "another channel": lambda post: Variant.objects.update(channel=make_channel("x")),
    "description": lambda post: PostImage.objects.update(alt_text="Other words."),
    "another picture": lambda post: PostImage.objects.update(image=make_image("red")),
    "account": lambda post: Channel.objects.update(handle="other"),
    "words of the short link": lambda post: ShortLink.objects.update(url="https://example.org/go/other"),
    "target of the short link": lambda post: ShortLink.objects.update(target_url="https://example.org/elsewhere"),
}


def test_a_change_past_every_signal_is_caught_at_arming() -> None:
    post = approved(image=make_image())
    for what, update in UPDATES.items():
        with transaction.atomic():
            update(post)
            assert armed_at_its_time() == 0, what
            row = Delivery.objects.get()
            assert (row.state, row.attempts.count()) == ("cancelled", 0), what
            transaction.set_rollback(True)
    assert armed_at_its_time() == 1


def test_a_picture_taken_away_past_every_signal_is_caught_at_arming() -> None:
    post = approved(image=make_image())
    PostImage.objects.filter(post=post).delete()
    assert armed_at_its_time() == 0


def test_a_replaced_video_voids(django_capture_on_commit_callbacks: Any) -> None:
    video = make_video()
    post = approved(channels=[make_channel("x")], video=video, video_alt="Noise")
    with django_capture_on_commit_callbacks(execute=True):
        video.file = ContentFile(samples.mp4(2), name="other.mp4")
        video.save()
    assert not Approval.objects.get(post=post).stands


def test_a_focal_point_changes_nothing_that_leaves(django_capture_on_commit_callbacks: Any) -> None:
    post = approved(image=make_image())
    image = CampaignImage.objects.get()
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 10, 10, 5, 5
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    assert Approval.objects.get(post=post).stands


def test_another_translation_of_the_post_changes_nothing(django_capture_on_commit_callbacks: Any) -> None:
    post = approved()
    with django_capture_on_commit_callbacks(execute=True):
        other = make_post(translation_key=post.translation_key, language="ro", campaign=post.campaign)
        other.text = "Alte cuvinte."
        other.save_revision(user=make_editor())
    assert Approval.objects.get(post=post).stands


@pytest.mark.parametrize("how", ["saved", "saved by itself", "an old draft brought back", "brought back by Wagtail"])
def test_the_composer_voids_however_it_saves(how: str, django_capture_on_commit_callbacks: Any) -> None:
    post = make_post(text="The first words.")
    first = post.latest_revision
    post.text = "The words that were approved."
    post.save_revision(user=post.author)
    approve(Post.objects.get(pk=post.pk))
    post = Post.objects.get(pk=post.pk)
    editor = make_approver()
    client, address = signed_in(editor), reverse(EDIT, args=[post.pk])
    fields = form(post, text="Edited.")
    headers: dict[str, str] = {}
    if how == "saved by itself":
        headers = {"accept": "application/json"}
    elif how == "an old draft brought back":
        fields = form(post, text=first.content["text"], revision=first.pk)
    elif how == "brought back by Wagtail":
        address = reverse("wagtailsnippets_social_publisher_post:revisions_revert", args=[post.pk, first.pk])
        fields = form(post, text=first.content["text"], revision=first.pk)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, fields, headers=headers)
    assert Post.objects.get(pk=post.pk).latest_revision.content["text"] != "The words that were approved."
    assert Delivery.objects.get().state == "cancelled"
    post = Post.objects.get(pk=post.pk)
    service.submit(post, post.author)
    with pytest.raises(OwnWorkError):
        service.approve(Post.objects.get(pk=post.pk), editor, digest_of(Post.objects.get(pk=post.pk)))


@pytest.mark.parametrize("view", ["unpublish", "delete"])
def test_wagtails_own_views_neither_take_back_nor_send(view: str) -> None:
    post = approved()
    for user in (make_approver(), make_user(superuser=True)):
        signed_in(user).post(reverse(f"wagtailsnippets_social_publisher_post:{view}", args=[post.pk]))
    assert Approval.objects.get().stands
    assert Delivery.objects.get().state == "waiting"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_interface_writes_posts(method: str) -> None:
    post = submitted()
    client = signed_in(make_user(superuser=True))
    for path in ("/api/v1/campaigns/", "/api/v1/news/", "/admin/api/main/pages/", "/admin/api/main/images/"):
        assert getattr(client, method)(path, {}, content_type="application/json").status_code == 405, path
    for path in ("/api/v1/posts/", f"/api/v1/posts/{post.pk}/", f"/admin/api/main/posts/{post.pk}/"):
        assert getattr(client, method)(path, {}, content_type="application/json").status_code == 404, path
    assert Post.objects.get(pk=post.pk).workflow_in_progress


def test_a_picture_replaced_on_the_librarys_screen_voids(django_capture_on_commit_callbacks: Any) -> None:
    approved(image=make_image())
    image, client = CampaignImage.objects.get(), signed_in(make_user(superuser=True))
    address = reverse("wagtailimages:edit", args=[image.pk])
    shown = client.get(address).context["form"]
    fields = {name: value for name in shown.fields if (value := shown[name].value()) not in (None, "")}
    fields["file"] = SimpleUploadedFile("other.png", picture_bytes("red"), "image/png")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, fields)
    assert answer.status_code == 302, answer.context["form"].errors
    assert not Approval.objects.get().stands
    assert Delivery.objects.get().state == "cancelled"


def test_an_approver_who_edits_hands_the_decision_on() -> None:
    approver = make_approver()
    post = submitted()
    edit(post, "Better words.", approver)
    with pytest.raises(OwnWorkError):
        service.approve(Post.objects.get(pk=post.pk), approver, digest_of(post))
    assert service.approve(Post.objects.get(pk=post.pk), make_approver(), digest_of(post)) is not None


def test_an_author_cannot_be_made_somebody_else() -> None:
    author = make_user("Approvers")
    post = make_post(author=author)
    with pytest.raises(IntegrityError, match="author"), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(author=make_editor())
    author.delete()
    assert Post.objects.get(pk=post.pk).author is None


def test_a_second_tab_decides_on_what_it_showed() -> None:
    post, approver = submitted(), make_approver()
    address = reverse("social_queue:review", args=[post.pk])
    client = signed_in(approver)
    seen = client.get(address).context["package"].digest
    edit(post, "Changed meanwhile.")
    client.get(address)  # another tab, with the new words
    answer = client.post(address, {"seen": seen, "approve": "1"}, follow=True)
    assert "changed while you were looking" in answer.content.decode()
    assert not Approval.objects.exists()


APPROVAL_CHANGES: dict[str, Callable[[], dict[str, Any]]] = {
    "digest": lambda: {"digest": "0" * 64},
    "package": lambda: {"package": {}},
    "approver": lambda: {"approver": make_approver()},
    "approver's name": lambda: {"approver_name": "Somebody else"},
    "author": lambda: {"author": make_editor()},
    "second approver": lambda: {"second_approver": make_approver()},
    "second approver's name": lambda: {"second_approver_name": "Somebody"},
    "urgency": lambda: {"urgent": True},
    "post": lambda: {"post": make_post()},
}


def refused_by_the_database(approval: Approval, change: Callable[[], dict[str, Any]]) -> bool:
    try:
        with transaction.atomic():
            Approval.objects.filter(pk=approval.pk).update(**change())
    except IntegrityError as error:
        return "does not change" in str(error)
    return False


def test_the_database_keeps_an_approval_as_it_was_given() -> None:
    approval = Approval.objects.get(post=approved())
    taken = [what for what, change in APPROVAL_CHANGES.items() if not refused_by_the_database(approval, change)]
    assert taken == []


def test_an_approval_that_was_taken_back_stays_so() -> None:
    post = approved()
    service.void(post, "No.")
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        Approval.objects.update(voided_at=None)


def test_the_database_refuses_too_few_and_the_same_people() -> None:
    post, editor, approver = submitted(), make_editor(), make_approver()
    common = {"digest": "0" * 64, "package": {}, "revision_id_seen": 1, "approved_at": timezone.now()}
    common |= {"post": post, "author": post.author, "last_editor": editor}
    one = {"approver": approver, "approver_name": "one"}
    for people in ({}, *({**one, "second_approver": person} for person in (post.author, editor, approver))):
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.create(**common, **people)


def test_an_approval_without_anybody_is_not_armed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the table's own constraint were gone."""
    approved()
    monkeypatch.setattr("social_publisher.delivery.arm.DECIDED", Q(approval__urgent=True))
    assert armed_at_its_time() == 0
    assert "Not everybody approved it" in Delivery.objects.get().reason


def test_several_at_once_needs_the_same_as_one() -> None:
    author = make_user("Approvers")
    own, other = submitted(author=author), submitted()
    client = Client()
    client.force_login(author)
    client.get(reverse("social_queue:review", args=[own.pk]))
    client.post(reverse("social_approvals:index"), {"post": [own.pk, other.pk]})
    assert not Approval.objects.exists()
    with pytest.raises((ApprovalError, ChangedError)):
        service.approve(own, author, digest_of(own))
