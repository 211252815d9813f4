"""What reading counts may take: calls in a time, and money in a month. Kept in the database for all processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum

from social_publisher.delivery import budget
from social_publisher.models import Channel, RateBudget, ReadingTally
from social_publisher.networks.base import Reading, Scope

# How long a channel that failed is left alone, unless its network says.
AFTER_FAILURE = timedelta(minutes=15)
# How often a channel whose money is used up is looked at again.
AFTER_BUDGET = timedelta(hours=1)


def key_of(channel: Channel, reading: Reading) -> str:
    """The budget of a channel's readings, or the one that all channels on its service share; apart from sending."""
    service = channel.adapter.service(channel.account) if reading.limit.scope is Scope.APP else ""
    return f"reading:{budget.key_of(reading.limit.scope, service, channel.pk)}"


def may_spend(channel: Channel, reading: Reading, posts: int, now: datetime) -> bool:
    """Whether reading so many posts stays within the month's money (UTC; `READING_BUDGET`, in US dollars a channel)."""
    if not reading.price:
        return True
    first = now.astimezone(UTC).date().replace(day=1)
    spent = ReadingTally.objects.filter(channel=channel, day__gte=first).aggregate(sum=Sum("cost"))["sum"] or Decimal(0)
    return spent + posts * reading.price <= Decimal(settings.READING_BUDGET)


@transaction.atomic
def take(channel: Channel, reading: Reading, now: datetime) -> datetime | None:
    """Take one call out of the budget. Where there is none left: when to ask again."""
    row = _locked(key_of(channel, reading))
    if row.blocked_until is not None and row.blocked_until > now:
        return row.blocked_until
    if (more_at := budget.wait_for(row.used, [reading.limit], 1, now)) is not None:
        return more_at
    budget.charge(row.used, [reading.limit], 1, now)
    row.save(update_fields=["used"])
    return None


@transaction.atomic
def hold(channel: Channel, reading: Reading, until: datetime) -> None:
    """Ask nothing more of it before then."""
    row = _locked(key_of(channel, reading))
    row.blocked_until = until
    row.save(update_fields=["blocked_until"])


def _locked(key: str) -> RateBudget:
    RateBudget.objects.bulk_create([RateBudget(key=key)], ignore_conflicts=True)
    return RateBudget.objects.select_for_update().get(key=key)


def book(channel: Channel, reading: Reading, posts: int, now: datetime) -> None:
    """Count a call that was answered, with what it cost at most."""
    table = ReadingTally._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS tally (channel_id, day, calls, posts, cost) VALUES (%s, %s, 1, %s, %s) "  # noqa: S608
            "ON CONFLICT (channel_id, day) DO UPDATE SET calls = tally.calls + 1, "
            "posts = tally.posts + EXCLUDED.posts, cost = tally.cost + EXCLUDED.cost",
            [channel.pk, now.astimezone(UTC).date(), posts, posts * reading.price],
        )
