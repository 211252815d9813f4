"""Any change, on any path, voids the approval: nothing leaves that was not seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from media.models import CampaignImage
from social_publisher.approval.package import build_package, build_packages
from social_publisher.models import Approval, Channel, Delivery, Post, PostImage, Variant
from tests.factories import approve, make_channel, make_editor, make_image, make_post, picture_bytes

pytestmark = pytest.mark.django_db


def new_draft(change: Callable[[Post], None]) -> Callable[[Post], None]:
    def apply(post: Post) -> None:
        change(post)
        post.save_revision(user=make_editor())

    return apply


def set_variant_text(post: Post) -> None:
    variants = list(post.variants.all())
    variants[0].text = "Own words."
    post.variants = variants


def set_own_description(post: Post) -> None:
    variants = list(post.variants.all())
    variants[0].media, variants[0].image, variants[0].alt_text = "own", make_image("red"), "Other words."
    post.variants = variants


def replace_picture(post: Post) -> None:
    image = CampaignImage.objects.get()
    image.file = ImageFile(ContentFile(picture_bytes("red")), name="red.png")
    image.save()
    image.renditions.all().delete()


def add_channel(post: Post) -> None:
    post.variants = [*post.variants.all(), Variant(channel=make_channel("x"))]


def save_row(post: Post) -> None:
    post.text = "Other words."
    post.save()


def save_description(post: Post) -> None:
    item = PostImage.objects.get(post=post)
    item.alt_text = "Other words."
    item.save()


def rename_account(post: Post) -> None:
    channel = Channel.objects.get()
    channel.handle = "other"
    channel.save()


def rename_campaign(post: Post) -> None:
    campaign = post.campaign
    campaign.code = "another-code"
    campaign.save()


CHANGES: dict[str, Callable[[Post], None]] = {
    "text in a draft": new_draft(lambda post: setattr(post, "text", "Other words.")),
    "time in a draft": new_draft(lambda post: setattr(post, "due_at", post.due_at + timedelta(minutes=1))),
    "latest useful time": new_draft(lambda post: setattr(post, "useful_minutes", 5)),
    "link": new_draft(lambda post: setattr(post, "link_url", "https://example.org/elsewhere")),
    "language": new_draft(lambda post: setattr(post, "language", "ro")),
    "own text of a channel": new_draft(set_variant_text),
    "own picture of a channel": new_draft(set_own_description),
    "a channel more": new_draft(add_channel),
    "picture removed": new_draft(lambda post: setattr(post, "images", [])),
    "row saved past the screens": save_row,
    "description of the picture": save_description,
    "picture's file replaced": replace_picture,
    "channel's account changed": rename_account,
    "campaign's code changed": rename_campaign,
}


@pytest.mark.parametrize("path", CHANGES)
def test_a_change_voids_and_stops(
    path: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    post = make_post(image=make_image())
    approve(post)
    post = Post.objects.get(pk=post.pk)
    with django_capture_on_commit_callbacks(execute=True):
        CHANGES[path](post)
    approval = Approval.objects.get()
    assert not approval.stands
    assert "after approval" in approval.voided_reason
    delivery = Delivery.objects.get()
    assert delivery.state == "cancelled"
    assert delivery.reason == approval.voided_reason


def test_saving_without_a_change_keeps_the_approval(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    post = make_post(image=make_image())
    approve(post)
    with django_capture_on_commit_callbacks(execute=True):
        Post.objects.get(pk=post.pk).save_revision(user=make_editor())
    assert Approval.objects.get().stands


def test_a_change_and_a_new_approval_leave_once() -> None:
    post = make_post()
    approve(post)
    post = Post.objects.get(pk=post.pk)
    post.text = "Other words."
    post.save_revision(user=post.author)
    approve(Post.objects.get(pk=post.pk))
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["cancelled", "waiting"]
    assert Approval.objects.filter(voided_at=None).count() == 1


def test_the_digest_is_the_same_however_the_content_is_read() -> None:
    post = make_post([make_channel("x"), make_channel("bluesky")], image=make_image())
    approve(post)
    row = Post.objects.get(pk=post.pk)
    revision = row.latest_revision.as_object()
    assert build_package(row).digest == build_package(revision).digest == Approval.objects.get().digest


def test_the_order_of_channels_does_not_matter() -> None:
    first, second = make_channel("x"), make_channel("bluesky")
    post = make_post([first, second])
    package = build_package(post)
    post.variants = [Variant(channel=second), Variant(channel=first)]
    assert build_package(post).digest == package.digest


def test_a_rolled_back_change_voids_nothing(django_capture_on_commit_callbacks: Any) -> None:
    post = make_post()
    approve(post)
    with django_capture_on_commit_callbacks(execute=True):
        point = transaction.savepoint()
        save_row(Post.objects.get(pk=post.pk))
        transaction.savepoint_rollback(point)
    assert Approval.objects.get().stands


def own_picture(post: Post, **fields: Any) -> Post:
    """The post with a picture of its own on its first channel, as a new draft."""
    variants = list(post.variants.all())
    for name, value in {"media": "own", "image": make_image("green"), "alt_text": "A green field", **fields}.items():
        setattr(variants[0], name, value)
    post.variants = variants
    post.save_revision(user=post.author)
    return Post.objects.get(pk=post.pk)


@pytest.mark.parametrize("media", ["own", "none"])
def test_a_channels_own_picture_or_none_leaves_and_is_read_the_same_together(media: str) -> None:
    post = make_post([make_channel("x"), make_channel("mastodon")], image=make_image())
    before = build_package(post).digest
    approval = approve(own_picture(post, media=media))
    package = build_packages([post.pk])[post.pk]
    assert package.digest == build_package(Post.objects.get(pk=post.pk)).digest == approval.digest != before
    alt_texts = [[item.alt_text for item in parcel.composed.attachments] for parcel in package.parcels]
    assert alt_texts == [["A green field"] if media == "own" else [], ["A dark field"]]


def test_a_replaced_own_picture_voids(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    approve(own_picture(make_post()))
    with django_capture_on_commit_callbacks(execute=True):
        replace_picture(Post.objects.get())
    assert "A picture of it was changed" in Approval.objects.get().voided_reason


def test_an_own_picture_that_is_missing_stands_against_sending() -> None:
    package = build_package(own_picture(make_post(), image=None).current())
    assert [problem.code for problem in package.problems(timezone.now())] == ["own-picture"]


def test_an_own_picture_is_chosen_and_described() -> None:
    variant = Variant(media="own", alt_text=" ")
    with pytest.raises(ValidationError) as error:
        variant.clean()
    assert set(error.value.message_dict) == {"image", "alt_text"}
