"""Clicks, reads and readers in the database: added up in statements that any number of processes may run."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import date, datetime
from types import MappingProxyType

from django.db import connection, transaction
from django.utils import timezone

from content.records import Campaign
from social_publisher.models import ClickHour, DaySalt, DownloadHour, LinkDay, PageReadHour, SeenReader

# Link, hour (UTC), language; campaign, page, hour, language, network; campaign, document, hour; link, day, hash.
Click = tuple[int, datetime, str]
Read = tuple[int, int, datetime, str, str]
Download = tuple[int, int, datetime]
Seen = tuple[int, date, bytes]

_CLICKS, _DAYS, _SEEN, _READS = (model._meta.db_table for model in (ClickHour, LinkDay, SeenReader, PageReadHour))
CLICKS = f"""
INSERT INTO {_CLICKS} AS kept (short_link_id, hour, language, count, is_fresh)
SELECT *, true FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::int[])
ON CONFLICT (short_link_id, hour, language) DO UPDATE SET count = kept.count + EXCLUDED.count, is_fresh = true
"""  # noqa: S608
READERS = f"""
WITH fresh AS (
    INSERT INTO {_SEEN} (short_link_id, day, digest) SELECT * FROM unnest(%s::bigint[], %s::date[], %s::bytea[])
    ON CONFLICT DO NOTHING RETURNING short_link_id, day
)
INSERT INTO {_DAYS} AS kept (short_link_id, day, readers)
SELECT short_link_id, day, count(*) FROM fresh GROUP BY 1, 2 ORDER BY 1, 2
ON CONFLICT (short_link_id, day) DO UPDATE SET readers = kept.readers + EXCLUDED.readers
"""  # noqa: S608
# A page or a campaign that was deleted meanwhile has no reads any more.
READS = f"""
INSERT INTO {_READS} AS kept (campaign_id, page_id, hour, language, network, count)
SELECT told.campaign, told.page, told.hour, max(told.language), told.network, sum(told.count)
FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::text[], %s::text[], %s::int[])
    AS told (campaign, page, hour, language, network, count)
JOIN wagtailcore_page page ON page.id = told.page JOIN {Campaign._meta.db_table} campaign ON campaign.id = told.campaign
GROUP BY 1, 2, 3, 5 ORDER BY 1, 2, 3, 5
ON CONFLICT (campaign_id, hour, page_id, network) DO UPDATE SET count = kept.count + EXCLUDED.count
"""  # noqa: S608
DOWNLOADS = f"""
INSERT INTO {DownloadHour._meta.db_table} AS kept (campaign_id, document, hour, count)
SELECT told.* FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::int[])
    AS told (campaign, document, hour, count)
JOIN {Campaign._meta.db_table} campaign ON campaign.id = told.campaign ORDER BY 1, 2, 3
ON CONFLICT (campaign_id, hour, document) DO UPDATE SET count = kept.count + EXCLUDED.count
"""  # noqa: S608


@transaction.atomic
def write(
    clicks: Mapping[Click, int],
    reads: Mapping[Read, int],
    seen: Collection[Seen],
    downloads: Mapping[Download, int] = MappingProxyType({}),
) -> None:
    """Add all of it, or nothing. Rows are locked in one order, so that processes never wait in a circle."""
    with connection.cursor() as cursor:
        if clicks:
            rows = sorted((*key, count) for key, count in clicks.items())
            cursor.execute(CLICKS, [list(column) for column in zip(*rows, strict=True)])
        if seen:
            cursor.execute(READERS, [list(column) for column in zip(*sorted(seen), strict=True)])
        if reads:
            read = sorted((*key, count) for key, count in reads.items())
            cursor.execute(READS, [list(column) for column in zip(*read, strict=True)])
        if downloads:
            kept = sorted((*key, count) for key, count in downloads.items())
            cursor.execute(DOWNLOADS, [list(column) for column in zip(*kept, strict=True)])


def salt_of(day: date) -> bytes:
    """The day's secret, made by whichever process asks first."""
    DaySalt.objects.bulk_create([DaySalt(day=day, salt=secrets.token_bytes(32))], ignore_conflicts=True)
    return bytes(DaySalt.objects.values_list("salt", flat=True).get(day=day))


def forget_readers(now: datetime) -> None:
    """Delete the secrets of days that are over, and every hash that was made with them."""
    today = timezone.localdate(now)
    with transaction.atomic():
        DaySalt.objects.filter(day__lt=today).delete()
        SeenReader.objects.filter(day__lt=today)._raw_delete(SeenReader.objects.db)
