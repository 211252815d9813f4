"""What a campaign's public page shows of this room: its official accounts and its published posts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from content.records import Campaign
from social_publisher.messages.html import text_to_html
from social_publisher.models import Delivery
from social_publisher.models.ledger import State

NEWEST = 6


def campaign_showcase(campaign: Campaign, request: HttpRequest) -> SafeString:
    """Return the accounts and the newest posts, each text once, as a quiet local list without any embed."""
    channels = list(campaign.channels.all())
    rows = (
        Delivery.objects.filter(post__campaign=campaign, state=State.PUBLISHED.value)
        .order_by("post_id", "published_at")
        .distinct("post_id")
    )
    newest = (
        Delivery.objects.filter(pk__in=rows.values("pk"))
        .select_related("channel")
        .prefetch_related("attempts")
        .order_by("-published_at")
    )
    posts = [(delivery, *_as_left(delivery)) for delivery in newest[:NEWEST]]
    context = {
        "live_channels": [channel for channel in channels if channel.is_live],
        "rehearsal_channels": [channel for channel in channels if not channel.is_live],
        "posts": posts,
    }
    return render_to_string("social_publisher/showcase.html", context, request)


def _as_left(delivery: Delivery) -> tuple[SafeString, str]:
    """The text as it left and its language, without its tracked link: a click here is no click on the network."""
    attempts = sorted(delivery.attempts.all(), key=lambda attempt: attempt.number)
    payload: dict[str, Any] = attempts[-1].payload if attempts else {"parts": [], "link": "", "language": ""}
    text = "\n\n".join(part["text"] for part in payload["parts"])
    if payload["link"]:
        text = text.replace(payload["link"], "")
    return mark_safe(text_to_html(text.strip())), payload["language"]  # noqa: S308
