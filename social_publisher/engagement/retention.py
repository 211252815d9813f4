"""How long single readings are kept: 90 days. The numbers made of them stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from social_publisher.engagement.figures import TOLD
from social_publisher.models import DeliveryRollup, EngagementSnapshot

KEPT = timedelta(days=90)
_TABLE = EngagementSnapshot._meta.db_table
_NUMBERS = DeliveryRollup._meta.db_table
_LAST_TOLD = ", ".join(
    f"(array_agg({name} ORDER BY taken_at DESC) FILTER (WHERE {name} IS NOT NULL))[1] AS {name}" for name in TOLD
)
# The last one stays as the level that the next one counts from, with whatever was told before. What is in no numbers
# yet is not touched.
BASELINES = f"""
WITH old AS (
    SELECT delivery_id, max(taken_at) AS taken_at, {_LAST_TOLD}
    FROM {_TABLE} WHERE taken_at < %(horizon)s
        AND EXISTS (SELECT 1 FROM {_NUMBERS} r WHERE r.delivery_id = {_TABLE}.delivery_id AND r.grain = 't')
    GROUP BY delivery_id
    HAVING bool_or(NOT is_baseline)
)
UPDATE {_TABLE} s SET is_baseline = true, {", ".join(f"{name} = old.{name}" for name in TOLD)}
FROM old WHERE s.delivery_id = old.delivery_id AND s.taken_at = old.taken_at
"""  # noqa: S608
FORGOTTEN = f"""
DELETE FROM {_TABLE} s USING {_TABLE} kept
WHERE kept.is_baseline AND kept.delivery_id = s.delivery_id AND s.taken_at < kept.taken_at
"""  # noqa: S608


@transaction.atomic
def forget(now: datetime) -> int:
    """Delete what is older, by whole hours (UTC), but for each delivery's last; return how many."""
    horizon = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) - KEPT
    with connection.cursor() as cursor:
        cursor.execute(BASELINES, {"horizon": horizon})
        cursor.execute(FORGOTTEN)
        return int(cursor.rowcount)
