"""Rate budgets: how many posts an account and a service may still take. Kept in the database for all processes.

Used posts are counted in slots of a twelfth of each limit's window, and a slot counts until all of it has left the
window, so that no window of that length, wherever it begins, ever holds more than the limit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from social_publisher.models import Channel, RateBudget
from social_publisher.networks.base import RateLimit, Remaining, Scope

SLOTS = 12
Used = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Demand:
    """One channel's wish: what it shares its app-wide limits with, and how many messages each of its posts is."""

    channel: Channel
    service: str
    limits: tuple[RateLimit, ...]
    costs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grant:
    """How many of the wished posts may leave now; the others at `later`, one time each."""

    count: int
    later: tuple[datetime, ...]


def room(used: Mapping[str, int], limit: RateLimit, now: datetime) -> tuple[int, datetime]:
    """Return what is left of a limit, and when more of it comes free."""
    slot = limit.per.total_seconds() / SLOTS
    current = int(now.timestamp() // slot)
    counted = sorted(int(index) for index, count in used.items() if int(index) >= current - SLOTS and count)
    left = limit.count - sum(used[str(index)] for index in counted)
    oldest = counted[0] if counted else current
    return left, datetime.fromtimestamp((oldest + SLOTS + 1) * slot, UTC)


def spend(used: Used, limits: Sequence[RateLimit], cost: int, now: datetime) -> datetime | None:
    """Write `cost` messages into `used` if every limit has room; else return when to ask again and write nothing."""
    for limit in limits:
        left, more_at = room(used.get(_window(limit), {}), limit, now)
        if left < cost:
            return more_at
    for limit in limits:
        slot = limit.per.total_seconds() / SLOTS
        current = int(now.timestamp() // slot)
        kept = {key: count for key, count in used.get(_window(limit), {}).items() if int(key) >= current - SLOTS}
        kept[str(current)] = kept.get(str(current), 0) + cost
        used[_window(limit)] = kept
    return None


def grant(demands: Collection[Demand], now: datetime) -> dict[int, Grant]:
    """Take what may leave now out of the budgets, and return it by channel. Call inside the arming transaction.

    The budgets' rows stay locked until its commit; they are locked in one order, so processes never wait in a circle.
    """
    keys = {key for demand in demands for key in _keys(demand)}
    budgets = {row.key: row for row in RateBudget.objects.select_for_update().filter(key__in=keys).order_by("key")}
    needed = {key for demand in demands for key in _needed(demand)} - set(budgets)
    if needed:
        RateBudget.objects.bulk_create([RateBudget(key=key) for key in sorted(needed)], ignore_conflicts=True)
        budgets = {row.key: row for row in RateBudget.objects.select_for_update().filter(key__in=keys).order_by("key")}
    grants = {demand.channel.pk: _grant(demand, budgets, now) for demand in demands}
    changed = [budgets[key] for demand in demands for key in _needed(demand)]
    if changed:
        RateBudget.objects.bulk_update({row.key: row for row in changed}.values(), ["used", "free_at"])
    return grants


def block(service: str, channel_id: int, scope: Scope, until: datetime) -> None:
    """Let nothing of this scope leave before `until`, because the network said so."""
    key = channel_key(channel_id) if scope is Scope.CHANNEL else app_key(service)
    RateBudget.objects.bulk_create([RateBudget(key=key)], ignore_conflicts=True)
    row = RateBudget.objects.select_for_update().get(key=key)
    if row.blocked_until is None or row.blocked_until < until:
        RateBudget.objects.filter(pk=row.pk).update(blocked_until=until)


def heed(service: str, channel_id: int, told: Sequence[Remaining]) -> None:
    """Follow what the network's headers say is left: with nothing left, wait for the reset."""
    for remaining in told:
        if remaining.count <= 0:
            block(service, channel_id, remaining.scope, remaining.resets_at)


def channel_key(channel_id: int) -> str:
    """The budget of one account."""
    return f"channel:{channel_id}"


def app_key(service: str) -> str:
    """The budget that all accounts on one service share."""
    return f"app:{service}"


def _grant(demand: Demand, budgets: Mapping[str, RateBudget], now: datetime) -> Grant:
    own, app = (budgets.get(key) for key in _keys(demand))
    interval = timedelta(seconds=demand.channel.min_interval)
    by_scope = {
        scope: [limit for limit in demand.limits if limit.scope is scope] for scope in (Scope.CHANNEL, Scope.APP)
    }
    count, wait_until = 0, None
    for cost in demand.costs:
        wait_until = max(
            (
                at
                for row in (own, app)
                if row is not None
                for at in (row.blocked_until, row.free_at)
                if at is not None and at > now
            ),
            default=None,
        )
        for row, scope in ((own, Scope.CHANNEL), (app, Scope.APP)):
            if wait_until is None and row is not None and by_scope[scope]:
                wait_until = spend(row.used, by_scope[scope], cost, now)
        if wait_until is not None:
            break
        count += 1
        if own is not None and interval:
            own.free_at = now + interval
    waiting = len(demand.costs) - count
    first = wait_until or now
    return Grant(count, tuple(first + interval * place for place in range(waiting)))


def _keys(demand: Demand) -> tuple[str, str]:
    return channel_key(demand.channel.pk), app_key(demand.service)


def _needed(demand: Demand) -> set[str]:
    """The budgets that a demand writes to; without limits and interval it writes to none."""
    own, app = _keys(demand)
    scopes = {limit.scope for limit in demand.limits}
    needed = {app} if Scope.APP in scopes else set()
    return needed | {own} if Scope.CHANNEL in scopes or demand.channel.min_interval else needed


def _window(limit: RateLimit) -> str:
    return str(int(limit.per.total_seconds()))
