"""A campaign's newest posts inside a page's text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from social_publisher.messages.html import text_to_html
from social_publisher.models import Delivery
from social_publisher.models.ledger import State


def posts_wall(campaign: Any, number: int, request: HttpRequest | None) -> SafeString:
    """Return the newest posts, each text once, as a list; nothing where none was published. Two queries."""
    published = Delivery.objects.filter(post__campaign=campaign, state=State.PUBLISHED.value)
    first = published.order_by("post_id", "published_at").distinct("post_id")
    newest = (
        Delivery.objects.filter(pk__in=first.values("pk"))
        .select_related("channel")
        .prefetch_related("attempts")
        .order_by("-published_at")[:number]
    )
    posts = [(delivery, *_as_left(delivery)) for delivery in newest]
    return render_to_string("social_publisher/posts_wall.html", {"posts": posts}, request) if posts else SafeString()


def _as_left(delivery: Delivery) -> tuple[SafeString, str]:
    """The text as it left and its language, without its tracked link: a click here is no click on the network."""
    attempts = sorted(delivery.attempts.all(), key=lambda attempt: attempt.number)
    payload: dict[str, Any] = attempts[-1].payload if attempts else {"parts": [], "link": "", "language": ""}
    text = "\n\n".join(part["text"] for part in payload["parts"])
    if payload["link"]:
        text = text.replace(payload["link"], "")
    return mark_safe(text_to_html(text.strip())), payload["language"]  # noqa: S308
