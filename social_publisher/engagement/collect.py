"""Reading back what the networks tell about published posts."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db.models import QuerySet

from social_publisher.models import Channel, Delivery, EngagementSnapshot
from social_publisher.models.ledger import State
from social_publisher.networks.base import Engagement
from social_publisher.networks.errors import NetworkError
from social_publisher.networks.registry import UnknownNetworkError

logger = logging.getLogger(__name__)

READ_FOR = timedelta(days=90)


def interval_for(age: timedelta) -> timedelta:
    """How long a post's last reading holds: seconds when it is new, a day when it is old."""
    if age < timedelta(hours=1):
        return timedelta(seconds=10)
    if age < timedelta(days=1):
        return timedelta(minutes=10)
    if age < timedelta(days=7):
        return timedelta(hours=1)
    return timedelta(days=1)


def collect(now: datetime) -> int:
    """Read every post whose last reading has run out, a call per channel, and return how many snapshots were kept.

    An unchanged count keeps no new row; a network that fails leaves the others alone.
    """
    published = Delivery.objects.filter(state=State.PUBLISHED.value, published_at__gt=now - READ_FOR)
    latest = _latest_snapshots(published)
    by_channel: dict[Channel, list[Delivery]] = defaultdict(list)
    for delivery in published.select_related("channel"):
        assert delivery.published_at is not None
        read_at = delivery.engagement_read_at
        if read_at is None or now - read_at >= _holds(delivery, now):
            by_channel[delivery.channel].append(delivery)
    kept = 0
    for channel, deliveries in by_channel.items():
        try:
            told = channel.adapter.read_engagement(channel.signed_in, [delivery.remote_id for delivery in deliveries])
        except NetworkError as error:
            logger.warning("engagement of %s could not be read: %s", channel, error.words)
            continue
        except Exception:
            logger.exception("engagement of %s could not be read", channel)
            continue
        fresh = []
        for delivery in deliveries:
            counts = told.get(delivery.remote_id)
            if counts is not None and not _same(latest.get(delivery.pk), counts):
                fresh.append(EngagementSnapshot(delivery=delivery, taken_at=now, **asdict(counts)))
        Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries]).update(engagement_read_at=now)
        kept += len(EngagementSnapshot.objects.bulk_create(fresh, ignore_conflicts=True))
    return kept


def _holds(delivery: Delivery, now: datetime) -> timedelta:
    """How long the last reading holds: by the post's age, and at least as long as its network wants to be left
    alone."""
    assert delivery.published_at is not None
    by_age = interval_for(now - delivery.published_at)
    try:
        return max(by_age, delivery.channel.adapter.capabilities.reading)
    except UnknownNetworkError:
        return by_age


def _latest_snapshots(deliveries: QuerySet[Delivery]) -> dict[int, EngagementSnapshot]:
    rows = EngagementSnapshot.objects.filter(delivery__in=deliveries).order_by("delivery_id", "-taken_at")
    return {snapshot.delivery_id: snapshot for snapshot in rows.distinct("delivery_id")}


def _same(last: EngagementSnapshot | None, counts: Engagement) -> bool:
    return last is not None and all(getattr(last, name) == value for name, value in asdict(counts).items())
