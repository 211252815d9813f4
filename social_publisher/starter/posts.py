"""A few approved posts due within two minutes, made by two people through the same approval as any post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from content.pages import CampaignPage, ProjectPage
from content.records import Campaign
from social_publisher.approval import service
from social_publisher.approval.package import build_package
from social_publisher.models import Approval, Channel, Post, PostImage, Variant

CHANNELS = (
    ("Rehearsal: X", "x", "selec_rehearsal_x"),
    ("Rehearsal: Mastodon", "mastodon", "selec_rehearsal_mastodon"),
    ("Rehearsal: Bluesky", "bluesky", "selec_rehearsal_bluesky"),
    ("Rehearsal: Facebook", "facebook", "selec_rehearsal_facebook"),
)


FUNDING = "\n\nFunded by PMI IMPACT, the grant initiative of Philip Morris International."


@dataclass(frozen=True)
class PostFacts:
    """One post: its channels by what they rehearse, seconds from now, and whether it carries the campaign's picture."""

    text: str
    channels: tuple[str, ...]
    seconds: int
    project_page: str = ""
    picture: bool = False


POSTS = (
    PostFacts(
        "A low price can hide a long route. Smuggling pays for organised crime, and all of us pay for smuggling. "
        "#StopSmuggling" + FUNDING,
        ("x", "mastodon"),
        25,
        picture=True,
    ),
    PostFacts(
        "120 specialists, one operational unit, one campaign: what the project FAIT does against smuggling. "
        "#StopSmuggling" + FUNDING,
        ("bluesky", "facebook"),
        60,
        project_page="fait",
    ),
    PostFacts(
        "Ask where it comes from. If nobody can explain the price, somebody else is paying it. #StopSmuggling"
        + FUNDING,
        ("x", "facebook"),
        100,
    ),
)


def load_demo_posts(users: dict[str, Any], now: datetime) -> int:
    """Make the channels and the posts; the editor submits, the approver approves. Returns how many posts."""
    campaign = Campaign.objects.get(code="fait-awareness")
    page = CampaignPage.objects.get(campaign=campaign)
    channels = {}
    for name, rehearses, handle in CHANNELS:
        channels[rehearses] = Channel.objects.create(name=name, rehearses=rehearses, handle=handle)
        channels[rehearses].campaigns.add(campaign)
    for facts in POSTS:
        target = ProjectPage.objects.get(slug=facts.project_page) if facts.project_page else page
        post = Post(
            campaign=campaign,
            text=facts.text,
            link_page=target.page_ptr,
            due_at=now + timedelta(seconds=facts.seconds),
            live=False,
        )
        post.variants = [Variant(channel=channels[key], sort_order=order) for order, key in enumerate(facts.channels)]
        if facts.picture and page.image is not None:
            post.images = [PostImage(image=page.image, alt_text=page.image_alt)]
        post.save()
        post.save_revision(user=users["editor"])
        approve_as(post, users["editor"], users["approver"])
    return len(POSTS)


def approve_as(post: Post, editor: Any, approver: Any) -> Approval | None:
    """Submit as one person and approve as another, seeing what leaves, as the screens do."""
    service.submit(post, editor)
    fresh = Post.objects.get(pk=post.pk)
    return service.approve(fresh, approver, build_package(fresh.current()).digest)
