"""Numbers by hour, day and in all, for each delivery and each campaign's channel and language: kept for good.

They are written anew from the snapshots and clicks, whole rows at a time, so that doing it twice changes nothing and
`manage.py rebuild_numbers` comes to the same. What an hour brought is how much the last count told in it is above the
last one told before; a post's growth over all its hours is therefore what is told of it now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from content.records import Campaign
from social_publisher.engagement.figures import REACTIONS, TOLD
from social_publisher.models import (
    CampaignRollup,
    ClickHour,
    Delivery,
    DeliveryRollup,
    EngagementSnapshot,
    Post,
    RollupMark,
)
from social_publisher.models.rollups import Grain

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# One writer at a time; the number is this module's own.
LOCK = 7_302_119
AT_ONCE = 500
# Hours of clicks that one run takes.
FRESH = 5000

_NAMES = {
    "snapshot": EngagementSnapshot._meta.db_table,
    "click": ClickHour._meta.db_table,
    "delivery": Delivery._meta.db_table,
    "rollup": DeliveryRollup._meta.db_table,
    "campaign": CampaignRollup._meta.db_table,
    "post": Post._meta.db_table,
    "told": ", ".join(TOLD),
    "values": ", ".join(f"('{name}', s.{name})" for name in TOLD),
    "growths": ", ".join(f"sum(growth) FILTER (WHERE name = '{name}')" for name in TOLD),
    "sums": ", ".join(f"sum({name})" for name in TOLD),
    "own_sums": ", ".join(f"sum(r.{name})" for name in TOLD),
    "set_told": ", ".join(f"{name} = EXCLUDED.{name}" for name in TOLD),
    "reactions": " + ".join(f"coalesce(r.{name}, 0)" for name in REACTIONS),
}

# In an hour of which nothing is told a metric stays empty; a baseline only gives the level that the next one starts at.
HOURS_TOLD = """
WITH told AS (
    SELECT s.delivery_id, s.taken_at, s.is_baseline, m.name, m.level
    FROM {snapshot} s CROSS JOIN LATERAL (VALUES {values}) m (name, level)
    WHERE s.delivery_id = ANY(%(deliveries)s) AND m.level IS NOT NULL
), grown AS (
    SELECT delivery_id, taken_at, is_baseline, name,
        level - coalesce(lag(level) OVER (PARTITION BY delivery_id, name ORDER BY taken_at), 0) AS growth
    FROM told
)
INSERT INTO {rollup} (delivery_id, grain, start, link_clicks, {told})
SELECT delivery_id, 'h', date_trunc('hour', taken_at, 'UTC'), 0, {growths}
FROM grown WHERE NOT is_baseline AND taken_at >= %(since)s GROUP BY 1, 3
ON CONFLICT (delivery_id, grain, start) DO UPDATE SET {set_told}
"""
HOURS_CLICKED = """
INSERT INTO {rollup} (delivery_id, grain, start, link_clicks)
SELECT d.id, 'h', c.hour, sum(c.count)
FROM {delivery} d JOIN {click} c ON c.short_link_id = d.short_link_id
WHERE d.id = ANY(%(deliveries)s) AND c.hour >= %(since)s GROUP BY 1, 3
ON CONFLICT (delivery_id, grain, start) DO UPDATE SET link_clicks = EXCLUDED.link_clicks
"""
LONGER = """
INSERT INTO {rollup} (delivery_id, grain, start, link_clicks, {told})
SELECT delivery_id, %(grain)s, {start}, sum(link_clicks), {sums}
FROM {rollup} WHERE delivery_id = ANY(%(deliveries)s) AND grain = 'h' AND start >= %(since)s GROUP BY 1, 3
ON CONFLICT (delivery_id, grain, start) DO UPDATE
SET link_clicks = EXCLUDED.link_clicks, {set_told}
"""
_CELLS = """
INSERT INTO {campaign} (campaign_id, channel_id, language, grain, start, link_clicks, {told}, responses_of_shown)
SELECT p.campaign_id, d.channel_id, p.language, r.grain, r.start, sum(r.link_clicks), {own_sums},
    sum({reactions}) FILTER (WHERE r.impressions IS NOT NULL)
FROM {rollup} r JOIN {delivery} d ON d.id = r.delivery_id JOIN {post} p ON p.id = d.post_id
WHERE %s GROUP BY 1, 2, 3, 4, 5
"""
ALL_CELLS = _CELLS % "p.campaign_id = %(campaign)s"
_TOUCHED = """r.grain = %(grain)s AND r.start >= %(since)s AND (p.campaign_id, d.channel_id, p.language) IN (
    SELECT p.campaign_id, d.channel_id, p.language FROM {delivery} d JOIN {post} p ON p.id = d.post_id
    WHERE d.id = ANY(%(deliveries)s))"""
_INSTEAD = """ON CONFLICT (campaign_id, grain, start, channel_id, language) DO UPDATE
SET link_clicks = EXCLUDED.link_clicks, {set_told}, responses_of_shown = EXCLUDED.responses_of_shown
"""
CELLS = _CELLS % _TOUCHED + _INSTEAD
# What is made from snapshots that are kept no longer stays; all else is written anew.
FORGET = """
WITH gone AS (
    SELECT delivery_id, max(taken_at) AS until FROM {snapshot}
    WHERE delivery_id = ANY(%(deliveries)s) AND is_baseline GROUP BY delivery_id
)
DELETE FROM {rollup} r USING unnest(%(deliveries)s) one (id) LEFT JOIN gone ON gone.delivery_id = one.id
WHERE r.delivery_id = one.id AND (r.grain <> 'h' OR gone.until IS NULL OR r.start > gone.until)
"""
ROLLED = f"""
UPDATE {ClickHour._meta.db_table} c SET is_fresh = false
FROM unnest(%(ids)s::bigint[], %(counts)s::int[]) seen (id, count) WHERE c.id = seen.id AND c.count = seen.count
"""  # noqa: S608


@transaction.atomic
def roll_up(deliveries: Collection[int], since: datetime, *, clicks_alone: bool = False) -> None:
    """Bring the numbers of these deliveries, and of their campaigns, up to date from the hour of `since` (UTC) on."""
    if not deliveries:
        return
    ids, new = sorted(set(deliveries)), _first_of_new(deliveries)
    hour = min([since, *new]).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    with _writing() as cursor:
        for statement in (HOURS_CLICKED,) if clicks_alone and not new else (HOURS_TOLD, HOURS_CLICKED):
            _run(cursor, statement, deliveries=ids, since=hour)
        _longer(cursor, ids, hour)
        for grain, first in ((Grain.HOUR, hour), (Grain.DAY, day_of(hour)), (Grain.TOTAL, EPOCH)):
            _run(cursor, CELLS, deliveries=ids, since=first, grain=grain.value)


def _first_of_new(deliveries: Collection[int]) -> list[datetime]:
    """When those began that have no numbers yet: all of theirs are written, not the newest alone."""
    new = Delivery.objects.filter(pk__in=deliveries, published_at__isnull=False)
    new = new.exclude(rollups__grain=Grain.TOTAL)
    return [at - timedelta(hours=1) for at in new.values_list("published_at", flat=True) if at is not None]


def fresh_clicks(_now: datetime) -> QuerySet[ClickHour]:
    """Hours of clicks that are not in the numbers yet, or not all of them; the oldest first."""
    return ClickHour.objects.filter(is_fresh=True).order_by("hour")


def roll_up_clicks(now: datetime) -> int:
    """Bring the numbers up to date with the clicks that are not in them yet; say of how many deliveries.

    A click that is written meanwhile is found again next time: its row has another count then.
    """
    rows = list(fresh_clicks(now).values_list("pk", "short_link", "hour", "count")[:FRESH])
    with transaction.atomic():
        ids = list(Delivery.objects.filter(short_link__in={row[1] for row in rows}).values_list("pk", flat=True))
        if rows:
            roll_up(ids, rows[0][2], clicks_alone=True)
            with connection.cursor() as cursor:
                cursor.execute(ROLLED, {"ids": [row[0] for row in rows], "counts": [row[3] for row in rows]})
        if len(rows) < FRESH:
            RollupMark.objects.update_or_create(pk=1, defaults={"clicks_at": now})
    return len(ids)


def roll_up_missing() -> int:
    """Give numbers to deliveries that were read and have none, as after an upgrade; return how many they were."""
    read = EngagementSnapshot.objects.filter(delivery=OuterRef("pk"))
    rows = Delivery.objects.filter(published_at__isnull=False, rollups=None).filter(Exists(read))
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    roll_up(ids, datetime.max.replace(tzinfo=UTC))
    return len(ids)


def rebuild() -> Iterator[tuple[int, int]]:
    """Write all numbers anew, those of some deliveries at a time and then each campaign's; tell how many are done."""
    ids = list(Delivery.objects.exclude(published_at=None).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        with transaction.atomic(), _writing() as cursor:
            _run(cursor, FORGET, deliveries=some)
            for statement in (HOURS_TOLD, HOURS_CLICKED):
                _run(cursor, statement, deliveries=some, since=EPOCH)
            _longer(cursor, some, EPOCH)
        yield first + len(some), len(ids)
    for campaign in Campaign.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic(), _writing() as cursor:
            CampaignRollup.objects.filter(campaign=campaign).delete()
            _run(cursor, ALL_CELLS, campaign=campaign)
        yield len(ids), len(ids)


def day_of(moment: datetime) -> datetime:
    """When the day of a moment begins in the installation's zone."""
    return moment.astimezone(timezone.get_default_timezone()).replace(hour=0, minute=0, second=0, microsecond=0)


def wait_for_turn() -> None:
    """Be the only one that writes numbers until the transaction ends; before any row is locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@contextmanager
def _writing() -> Iterator[Any]:
    """A cursor that writes numbers alone until the transaction ends."""
    wait_for_turn()
    with connection.cursor() as cursor:
        yield cursor


def _longer(cursor: Any, ids: list[int], hour: datetime) -> None:
    """Days and totals, from the hours."""
    day = "date_trunc('day', start, %(zone)s)"
    _run(cursor, LONGER, day, deliveries=ids, since=day_of(hour), grain=Grain.DAY.value, zone=settings.TIME_ZONE)
    _run(cursor, LONGER, "%(epoch)s", deliveries=ids, since=EPOCH, grain=Grain.TOTAL.value, epoch=EPOCH)


def _run(cursor: Any, statement: str, start: str = "", **values: Any) -> None:
    cursor.execute(statement.format(**_NAMES, start=start), values)
