"""Following and counting the tracked links. Counts posts, never people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from content.contact.limits import address_in
from social_publisher.engagement.readers import counts, language_of
from social_publisher.engagement.tally import tally
from social_publisher.messages.links import with_campaign
from social_publisher.models import Channel, Post, ShortLink
from social_publisher.models.rules import rules_of


def target_of(link: ShortLink) -> str | None:
    """Return where a link leads now, with its campaign's parameters; None when its page is gone.

    The target is the stored one: a page by identity, so a moved page is followed, or the stored address.
    """
    if link.target_page is not None:
        url = link.target_page.full_url if link.target_page.live else None
    else:
        url = link.target_url or None
    if url is None:
        return None
    return tracked(url, link.channel, link.post)


def tracked(url: str, channel: Channel, post: Post) -> str:
    """The address with the parameters that tell campaign, network and post; the campaign's rules may name the last."""
    content = rules_of(post.campaign).utm_content or f"post-{post.pk}"
    return with_campaign(url, source=channel.source, campaign=post.campaign.code, content=content)


def count_click(link: int, environ: Mapping[str, Any]) -> None:
    """Count a click on a link (its id) by hour and language, unless the request is none of a reader to be counted."""
    if not counts(environ):
        return
    now = datetime.now(UTC)
    tally.click(
        link,
        now.replace(minute=0, second=0, microsecond=0),
        language_of(environ.get("HTTP_ACCEPT_LANGUAGE", "")),
        timezone.localdate(now),
        f"{address_in(environ)}\n{environ.get('HTTP_USER_AGENT', '')}",
    )
