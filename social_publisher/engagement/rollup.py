"""A campaign's numbers by post, channel and hour. None is "not told" and stays None in every sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Sum

from content.records import Campaign
from social_publisher.models import ClickHour, Delivery, EngagementSnapshot
from social_publisher.models.delivery import UPCOMING
from social_publisher.models.ledger import State

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Numbers:
    """Clicks on our own links (always known) and likes as the networks tell them."""

    label: str
    posts: int
    clicks: int
    likes: int | None
    url: str = ""


@dataclass(frozen=True)
class HourNumbers:
    """What came in within one hour; `hour` is its start in UTC."""

    hour: datetime
    clicks: int
    likes: int


@dataclass(frozen=True)
class CampaignNumbers:
    """Everything the dashboard shows; `as_of` is when it was counted, in UTC.

    `spent` is what networks charge for what is published, `planned` for what waits, in US dollars at the prices that
    held when it was approved.
    """

    as_of: datetime
    total: Numbers
    spent: Decimal
    planned: Decimal
    by_post: list[Numbers]
    by_channel: list[Numbers]
    by_hour: list[HourNumbers]


def campaign_numbers(campaign: Campaign, now: datetime, hours: int = 24) -> CampaignNumbers:
    """Count a campaign's published deliveries; the last `hours` hours one by one. A fixed number of queries."""
    states = [state.value for state in (State.PUBLISHED, *UPCOMING)]
    rows = list(
        Delivery.objects.filter(post__campaign=campaign, state__in=states)
        .select_related("post", "channel")
        .order_by("published_at", "pk")
    )
    deliveries = [row for row in rows if row.state == State.PUBLISHED.value]
    clicks = _clicks(deliveries)
    likes = _likes(deliveries)

    def numbers(label: str, group: list[Delivery], url: str = "") -> Numbers:
        return Numbers(
            label=label,
            posts=len({delivery.post_id for delivery in group}),
            clicks=sum(clicks.get(delivery.short_link_id or 0, 0) for delivery in group),
            likes=_sum_told(likes.get(delivery.pk) for delivery in group),
            url=url,
        )

    posts: dict[int, list[Delivery]] = defaultdict(list)
    channels: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        posts[delivery.post_id].append(delivery)
        channels[delivery.channel_id].append(delivery)
    return CampaignNumbers(
        as_of=now,
        total=numbers(campaign.name, deliveries),
        spent=_price(deliveries),
        planned=_price(row for row in rows if row.state != State.PUBLISHED.value),
        by_post=[numbers(str(group[0].post), group, group[0].remote_url) for group in posts.values()],
        by_channel=[numbers(str(group[0].channel), group) for group in channels.values()],
        by_hour=_by_hour(campaign, now, hours),
    )


def _price(deliveries: Iterable[Delivery]) -> Decimal:
    return sum((delivery.price for delivery in deliveries if delivery.price is not None), Decimal())


def _clicks(deliveries: list[Delivery]) -> dict[int, int]:
    rows = ClickHour.objects.filter(short_link__in=[delivery.short_link_id for delivery in deliveries])
    return dict(rows.values_list("short_link").annotate(Sum("count")))


def _likes(deliveries: list[Delivery]) -> dict[int, int | None]:
    rows = EngagementSnapshot.objects.filter(delivery__in=deliveries).order_by("delivery_id", "-taken_at")
    return dict(rows.distinct("delivery_id").values_list("delivery_id", "likes"))


def _sum_told(values: Iterable[int | None]) -> int | None:
    told = [value for value in values if value is not None]
    return sum(told) if told else None


def _by_hour(campaign: Campaign, now: datetime, hours: int) -> list[HourNumbers]:
    """Likes of an hour are the growth between the last reading before it and the last one in it."""
    last = now.replace(minute=0, second=0, microsecond=0)
    first = last - HOUR * (hours - 1)
    clicks: dict[datetime, int] = dict(
        ClickHour.objects.filter(short_link__post__campaign=campaign, hour__gte=first)
        .values_list("hour")
        .annotate(Sum("count"))
    )
    growth: dict[datetime, int] = defaultdict(int)
    seen: dict[int, int] = {}
    readings = EngagementSnapshot.objects.filter(delivery__post__campaign=campaign, likes__isnull=False)
    for delivery_id, taken_at, count in readings.order_by("taken_at").values_list("delivery_id", "taken_at", "likes"):
        assert count is not None
        growth[taken_at.replace(minute=0, second=0, microsecond=0)] += count - seen.get(delivery_id, 0)
        seen[delivery_id] = count
    moments = [first + HOUR * step for step in range(hours)]
    return [HourNumbers(moment, clicks.get(moment, 0), growth.get(moment, 0)) for moment in moments]
