"""Posts that left, and what came back of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from content.records import Campaign
from social_publisher.engagement.rollup import roll_up
from social_publisher.models import Channel, ClickHour, Delivery, EngagementSnapshot
from tests.factories import make_channel, make_delivery

OUT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)  # a Monday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def published(campaign: Campaign, channel: Channel | None = None, at: datetime = OUT, **fields: Any) -> Delivery:
    delivery = make_delivery(channel or make_channel(), campaign=campaign, **fields)
    values = {"remote_url": f"https://network.example/{delivery.pk}", "engagement_read_at": at + DAY}
    Delivery.objects.filter(pk=delivery.pk).update(state="published", published_at=at, **values)
    return Delivery.objects.get(pk=delivery.pk)


def told(delivery: Delivery, at: datetime, **counts: Any) -> None:
    EngagementSnapshot.objects.create(delivery=delivery, taken_at=at, **counts)
    roll_up([delivery.pk], at)


def clicked(delivery: Delivery, at: datetime, count: int) -> None:
    hour = at.replace(minute=0)
    assert delivery.short_link is not None
    ClickHour.objects.create(short_link=delivery.short_link, hour=hour, language="en", count=count)
    roll_up([delivery.pk], hour)
