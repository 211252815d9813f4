"""Small, real objects for tests. Posts go through the same approval as any post."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image

from content.records import Campaign, Project
from media.models import CampaignImage, CampaignVideo
from social_publisher.approval import corrections, service
from social_publisher.approval.audit import acting, display_name
from social_publisher.approval.break_glass import break_glass
from social_publisher.approval.links import ensure_short_links
from social_publisher.approval.package import build_package
from social_publisher.models import Approval, BreakGlass, Channel, Correction, Delivery, Post, PostImage, Variant
from tests.support import samples

_number = itertools.count(1)


def make_user(role: str = "", superuser: bool = False) -> Any:
    number = next(_number)
    user = get_user_model().objects.create_user(
        f"person{number}", password="secret", is_superuser=superuser, is_staff=superuser
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_editor() -> Any:
    return make_user("Editors of posts")


def make_approver() -> Any:
    return make_user("Approvers")


def make_campaign(**fields: Any) -> Campaign:
    number = next(_number)
    project = fields.pop("project", None) or Project.objects.create(acronym=f"P{number}", name=f"Project {number}")
    return Campaign.objects.create(
        **{"name": f"Campaign {number}", "code": f"campaign-{number}", "project": project, **fields}
    )


def make_channel(rehearses: str = "mastodon", **fields: Any) -> Channel:
    number = next(_number)
    return Channel.objects.create(
        **{
            "name": f"Channel {number}",
            "handle": f"handle{number}",
            "rehearses": rehearses,
            "min_interval": 0,
            **fields,
        }
    )


def picture_bytes(color: str = "navy", size: tuple[int, int] = (64, 48)) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, color).save(target, format="PNG")
    return target.getvalue()


def make_image(color: str = "navy", **fields: Any) -> CampaignImage:
    facts = {"title": "Picture", "description": "A plain field", "credit": "SELEC", "licence": "CC BY 4.0"}
    file = ImageFile(ContentFile(picture_bytes(color)), name=f"{color}.png")
    image = CampaignImage(**{**facts, "people": "none", "file": file, **fields})
    image.save()
    return image


VIDEO_FACTS = {"credit": "SELEC", "licence": "CC BY 4.0", "people": "none"}


def make_video(**fields: Any) -> CampaignVideo:
    """A video of two seconds with everything said that has to be."""
    file = ContentFile(samples.mp4(), name="noise.mp4")
    return CampaignVideo.objects.create(**{"title": "Noise", "file": file, **VIDEO_FACTS, **fields})


def make_post(
    channels: list[Channel] | None = None,
    *,
    author: Any = None,
    due_at: datetime | None = None,
    image: CampaignImage | None = None,
    **fields: Any,
) -> Post:
    """A saved draft with its first revision."""
    values = {
        "campaign": fields.pop("campaign", None) or make_campaign(),
        "text": "Ask where it comes from.",
        "link_url": "https://example.org/smuggling",
        "due_at": due_at or timezone.now() + timedelta(minutes=5),
        **fields,
    }
    post = Post(live=False, **values)
    post.variants = [
        Variant(channel=channel, sort_order=place) for place, channel in enumerate(channels or [make_channel()])
    ]
    if image is not None:
        post.images = [PostImage(image=image, alt_text="A dark field")]
    post.save()
    post.save_revision(user=author or make_editor())
    return Post.objects.get(pk=post.pk)


def approve(post: Post, approver: Any = None, submitter: Any = None) -> Approval:
    """Submit as the author and approve as another, seeing what leaves."""
    service.submit(post, submitter or post.author)
    fresh = Post.objects.get(pk=post.pk)
    return service.approve(fresh, approver or make_approver(), build_package(fresh.current()).digest)


def make_correction(campaign: Campaign, *, author: Any = None, approver: Any = None, **fields: Any) -> Correction:
    """A correction as its author left it, approved by another person unless `approver` is False."""
    values = {"name": f"Correction {next(_number)}", "text": "Our last post was wrong. We are sorry.", **fields}
    correction = Correction(campaign=campaign, **values)
    corrections.save(correction, author or make_editor())
    if approver is False:
        return correction
    seen = corrections.digest_of(correction.language, correction.text)
    return corrections.approve(correction, approver or make_approver(), seen)


def submitted(**fields: Any) -> Post:
    """A post that its author has put before a second person."""
    post = make_post(**fields)
    service.submit(post, post.author)
    return Post.objects.get(pk=post.pk)


def edit(post: Post, text: str, user: Any = None) -> Post:
    """Save a draft with other words, and note it in a review that is under way as a commit does."""
    post = Post.objects.get(pk=post.pk)
    post.text = text
    post.save_revision(user=user or post.author)
    post = Post.objects.get(pk=post.pk)
    if post.workflow_in_progress:
        service.note_submission(post, user or post.author)
    return post


def digest_of(post: Post) -> str:
    """What the review screen of a post shows."""
    return build_package(Post.objects.get(pk=post.pk).current()).digest


def make_alert(**fields: Any) -> Post:
    """An alert with the links it leaves with."""
    post = make_post(**{"is_alert": True, **fields})
    ensure_short_links(post)
    return post


def send_at_once(post: Post, person: Any = None, now: datetime | None = None) -> BreakGlass:
    """Break the glass for an alert, seeing what leaves."""
    reason = "A poisoned batch is on sale today."
    return break_glass(post, person or make_approver(), digest_of(post), reason, now or timezone.now())


def approve_unseen(post: Post, approver: Any = None) -> Approval:
    """The approval and the deliveries of a draft as a review would leave them, without the review, which is slow."""
    ensure_short_links(post)
    package = build_package(post.current())
    approver = approver or make_approver()
    approval = service.write_approval(
        post, package, approver=approver, approver_name=display_name(approver), approved_at=timezone.now()
    )
    with acting(approver):
        service.create_deliveries(approval, package)
    return approval


def make_delivery(channel: Channel | None = None, **fields: Any) -> Delivery:
    """One approved delivery, waiting; its post was not reviewed."""
    post = make_post([channel or make_channel()], **fields)
    approve_unseen(post)
    return Delivery.objects.get(post=post)
