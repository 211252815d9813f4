"""Following and counting the tracked links. Counts posts, never people."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from social_publisher.messages.links import with_campaign
from social_publisher.models import Channel, ClickHour, Post, ShortLink
from social_publisher.models.rules import rules_of

# Words in the user agents of programs that fetch links without a reader: crawlers, previews, monitors.
BOT_WORDS = (
    "bot", "crawl", "spider", "slurp", "preview", "facebookexternalhit", "embed", "fetch", "monitor", "scan",
    "curl", "wget", "python-", "httpx", "go-http", "java/", "headlesschrome/0", "lighthouse", "feed",
)  # fmt: skip


def is_bot(user_agent: str) -> bool:
    """Whether a request comes from a program rather than a reader; no user agent at all counts as a program."""
    lowered = user_agent.lower()
    return not lowered or any(word in lowered for word in BOT_WORDS)


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


def count_click(link: ShortLink, language: str, now: datetime) -> None:
    """Add one to the link's count of this hour and language, in one statement that any number of processes may run."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    table = ClickHour._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (short_link_id, hour, language, count) VALUES (%s, %s, %s, 1) "  # noqa: S608
            f"ON CONFLICT (short_link_id, hour, language) DO UPDATE SET count = {table}.count + 1",
            [link.pk, hour, language],
        )
