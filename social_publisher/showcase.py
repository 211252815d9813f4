"""What the public pages show of this room: official accounts and published posts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, overload

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef
from django.utils.safestring import mark_safe

from content.records import Campaign
from content.slots import Account, CampaignResults, Front, Place, PostPicture, PublishedPost
from media.models import CampaignImage
from social_publisher.messages.addresses import same_place
from social_publisher.messages.html import text_to_html
from social_publisher.models import CampaignReporting, Channel, Delivery
from social_publisher.models.ledger import State
from social_publisher.reports.public import public_results

# Networks that write an account's name without an @ before it.
BARE = {"facebook", "linkedin"}
# A campaign's posts by when the first of each left, and what the last attempt of each delivery sent. Written out: to
# have it built anew took a fifth of a page that shows posts.
NEWEST = """
SELECT d.post_id, d.published_at, d.remote_url, c.network, c.rehearses, (
    SELECT a.payload FROM social_publisher_attempt a WHERE a.delivery_id = d.id ORDER BY a.number DESC LIMIT 1
)
FROM social_publisher_delivery d JOIN social_publisher_channel c ON c.id = d.channel_id
WHERE d.state = 'published' AND d.post_id IN (
    SELECT o.post_id FROM social_publisher_delivery o JOIN social_publisher_post p ON p.id = o.post_id
    WHERE p.campaign_id = %s AND o.state = 'published'
    GROUP BY o.post_id ORDER BY min(o.published_at) DESC, o.post_id DESC LIMIT %s OFFSET %s
)
ORDER BY d.published_at, d.id
"""


@dataclass(frozen=True, slots=True)
class _Left:
    """A published delivery: a row of NEWEST."""

    post_id: int
    published_at: datetime
    remote_url: str
    channel: Channel
    sent: dict[str, Any]


class Showcase:
    """Fills the public pages' outlet from the ledger."""

    def accounts(self, campaign: Campaign | None = None) -> list[Account]:
        """Connected accounts of live networks; for a campaign also those that rehearse. One query."""
        channels = Channel.objects.select_related("credential").order_by("network", "handle")
        if campaign is not None:
            channels = channels.filter(campaigns=campaign)
        return [_account(channel) for channel in channels if _is_shown(channel, rehearsing=campaign is not None)]

    def newest_posts(self, campaign: Campaign, number: int) -> list[PublishedPost]:
        """The newest posts. Two queries."""
        return _read(campaign, 0, number)

    def all_posts(self, campaign: Campaign) -> PostList:
        """All posts, newest first, read a slice at a time."""
        return PostList(campaign)

    def has_posted(self, address: str) -> bool:
        """Whether a published post of a live channel is at this address, however the address is written."""
        candidates = same_place(address)
        if not candidates:
            return False
        found = Delivery.objects.filter(state=State.PUBLISHED.value, remote_url__in=candidates)
        return any(delivery.channel.is_live for delivery in found.select_related("channel")[:5])

    def front(self, campaign: Campaign, number: int) -> Front:
        """Look first what there is at all: a campaign without accounts or posts is one query."""
        out = Delivery.objects.filter(post__campaign=OuterRef("pk"), state=State.PUBLISHED.value)
        there = Campaign.objects.filter(pk=campaign.pk).annotate(
            has_channels=Exists(Channel.campaigns.through.objects.filter(campaign=OuterRef("pk"))),
            has_posts=Exists(out),
            has_results=Exists(CampaignReporting.objects.filter(campaign=OuterRef("pk"), shows_results=True)),
        )
        row = there.values("has_channels", "has_posts", "has_results").get()
        return Front(
            accounts=self.accounts(campaign) if row["has_channels"] else (),
            posts=self.newest_posts(campaign, number) if row["has_posts"] else (),
            has_results=row["has_results"],
        )

    def shows_results(self, campaign: Campaign) -> bool:
        """As the campaign's settings say. One query."""
        return bool(CampaignReporting.objects.filter(campaign=campaign, shows_results=True).exists())

    def results(self, campaign: Campaign) -> CampaignResults | None:
        """What it brought on public networks and on this site until now; rehearsals are no result."""
        return public_results(campaign) if self.shows_results(campaign) else None


class PostList(Sequence[PublishedPost]):
    """A campaign's posts as a sequence for a paginator."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign

    def __len__(self) -> int:
        out = Delivery.objects.filter(post__campaign=self._campaign, state=State.PUBLISHED.value)
        return out.aggregate(posts=Count("post_id", distinct=True))["posts"] or 0

    @overload
    def __getitem__(self, key: int) -> PublishedPost: ...
    @overload
    def __getitem__(self, key: slice) -> list[PublishedPost]: ...
    def __getitem__(self, key: int | slice) -> PublishedPost | list[PublishedPost]:
        if isinstance(key, slice):
            first = key.start or 0
            return _read(self._campaign, first, None if key.stop is None else key.stop - first)
        return _read(self._campaign, key, 1)[0]


def _is_shown(channel: Channel, *, rehearsing: bool) -> bool:
    """A live account that was never connected is not known to be ours."""
    return getattr(channel, "credential", None) is not None if channel.is_live else rehearsing


def _account(channel: Channel) -> Account:
    return Account(
        kind=channel.source,
        network=_network(channel),
        handle=channel.handle if channel.source in BARE else f"@{channel.handle.removeprefix('@')}",
        url=channel.profile_url,
        name=channel.account_name if channel.is_live else "",
        language=channel.language,
        is_live=channel.is_live,
    )


def _network(channel: Channel) -> str:
    """The network a reader knows: for a rehearsal, the one that is rehearsed."""
    return channel.adapter.name if channel.is_live else channel.get_rehearses_display()


def _read(campaign: Campaign, first: int, count: int | None) -> list[PublishedPost]:
    """So many posts from the first on, newest first; None is all of them. Two queries, one where none has a picture."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [campaign.pk, count, first])
        rows = [_left(*row) for row in cursor.fetchall()]
    by_post: dict[int, list[_Left]] = {}
    for row in rows:
        by_post.setdefault(row.post_id, []).append(row)
    groups = sorted(by_post.values(), key=lambda group: (group[0].published_at, group[0].post_id), reverse=True)
    # What is on a public network stands for the post; a rehearsal of it does only where there is nothing else.
    chosen = [(next((one for one in group if one.channel.is_live), group[0]), group) for group in groups]
    pictures = _pictures(_sent_pictures(one) for one, _group in chosen)
    return [_published(one, group, pictures) for one, group in chosen]


def _left(post_id: int, at: datetime, url: str, network: str, rehearses: str, payload: str | None) -> _Left:
    sent = json.loads(payload) if payload else {"parts": [], "link": "", "language": ""}
    return _Left(post_id, at, url, Channel(network=network, rehearses=rehearses), sent)


def _sent_pictures(left: _Left) -> list[dict[str, Any]]:
    return [attachment for part in left.sent["parts"] for attachment in part["attachments"]]


def _pictures(sent: Iterable[list[dict[str, Any]]]) -> dict[str, CampaignImage]:
    """The library's picture behind each file that left. One whose file was replaced since has none: another picture
    would not be what was posted."""
    names = {attachment["location"] for group in sent for attachment in group[:1]}
    if not names:
        return {}
    images = CampaignImage.objects.filter(renditions__file__in=names).annotate(sent=F("renditions__file"))
    return {getattr(image, "sent"): image for image in images}  # noqa: B009


def _published(left: _Left, group: list[_Left], pictures: dict[str, CampaignImage]) -> PublishedPost:
    """The text as it left, without its tracked link: a click here is no click on the network."""
    sent, attachments = left.sent, _sent_pictures(left)
    text = "\n\n".join(part["text"] for part in sent["parts"])
    if sent["link"]:
        text = text.replace(sent["link"], "")
    return PublishedPost(
        html=mark_safe(text_to_html(text.strip())),  # noqa: S308
        language=sent["language"],
        published_at=left.published_at,
        places=tuple(Place(_network(one.channel), one.remote_url, one.channel.is_live) for one in group),
        picture=_small(attachments[0], pictures) if attachments else None,
        has_video=any(attachment["content_type"].startswith("video/") for attachment in attachments),
        warning=sent.get("warning", ""),
    )


def _small(attachment: dict[str, Any], pictures: dict[str, CampaignImage]) -> PostPicture | None:
    found = pictures.get(attachment["location"])
    return PostPicture(found, attachment["alt_text"]) if found else None
