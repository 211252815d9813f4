"""Rate budgets: how many posts an account and a service may still take. Kept in the database for all processes.

Used posts are counted in slots of a twelfth of each limit's window, and a slot counts until all of it has left the
window, so that no window of that length, wherever it begins, ever holds more than the limit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from social_publisher.models import Channel, RateBudget
from social_publisher.networks.base import RateLimit, Scope

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


@dataclass(frozen=True, slots=True)
class Unmade:
    """Messages that were granted at a time and then not sent: a pause, an outage or a setback came first.

    `interval` is the channel's, where nothing of the post was sent: then it holds up the next post no more.
    """

    service: str
    channel_id: int
    limits: tuple[RateLimit, ...]
    granted_at: datetime
    count: int
    interval: timedelta = timedelta()


def room(used: Mapping[str, int], limit: RateLimit, now: datetime) -> tuple[int, datetime]:
    """Return what is left of a limit, and when more of it comes free."""
    slot = limit.per.total_seconds() / SLOTS
    current = _slot(limit, now)
    counted = sorted(int(index) for index, count in used.items() if int(index) >= current - SLOTS and count)
    left = limit.count - sum(used[str(index)] for index in counted)
    oldest = counted[0] if counted else current
    return left, datetime.fromtimestamp((oldest + SLOTS + 1) * slot, UTC)


def wait_for(used: Used, limits: Sequence[RateLimit], cost: int, now: datetime) -> datetime | None:
    """Return when to ask again if a limit has no room for `cost` messages, else None."""
    for limit in limits:
        left, more_at = room(used.get(_window(limit), {}), limit, now)
        if left < cost:
            return more_at
    return None


def charge(used: Used, limits: Sequence[RateLimit], cost: int, now: datetime) -> None:
    """Write `cost` messages into `used`."""
    for limit in limits:
        current = _slot(limit, now)
        kept = {key: count for key, count in used.get(_window(limit), {}).items() if int(key) >= current - SLOTS}
        kept[str(current)] = kept.get(str(current), 0) + cost
        used[_window(limit)] = kept


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


def learn(blocked: Mapping[str, datetime], unmade: Collection[Unmade]) -> None:
    """Hold what the network asked to hold until its times, and give back what was taken for calls that were not made.

    Like `grant` it locks the budgets in one order; call it once in the settling transaction.
    """
    RateBudget.objects.bulk_create([RateBudget(key=key) for key in sorted(blocked)], ignore_conflicts=True)
    returns = [
        (key_of(limit.scope, item.service, item.channel_id), limit, item) for item in unmade for limit in item.limits
    ]
    own = {key_of(Scope.CHANNEL, item.service, item.channel_id): item for item in unmade if item.interval}
    keys = {*blocked, *own, *(key for key, _limit, _item in returns)}
    rows = list(RateBudget.objects.select_for_update().filter(key__in=keys).order_by("key"))
    for row in rows:
        until = blocked.get(row.key)
        if until is not None and (row.blocked_until is None or row.blocked_until < until):
            row.blocked_until = until
        for key, limit, item in returns:
            if key == row.key:
                _give_back(row.used, limit, item)
        taken = own.get(row.key)
        if taken is not None and row.free_at == taken.granted_at + taken.interval:
            row.free_at = None
    if rows:
        RateBudget.objects.bulk_update(rows, ["used", "blocked_until", "free_at"])


def _give_back(used: Used, limit: RateLimit, item: Unmade) -> None:
    slot = str(_slot(limit, item.granted_at))
    counted = used.get(_window(limit), {})
    if slot in counted:
        counted[slot] = max(counted[slot] - item.count, 0)


def key_of(scope: Scope, service: str, channel_id: int) -> str:
    """The budget of one account, or the one that all accounts on one service share."""
    return f"channel:{channel_id}" if scope is Scope.CHANNEL else f"app:{service}"


def _grant(demand: Demand, budgets: Mapping[str, RateBudget], now: datetime) -> Grant:
    rows = [(budgets.get(key), scope) for key, scope in zip(_keys(demand), (Scope.CHANNEL, Scope.APP), strict=True)]
    bound = [
        (row, [limit for limit in demand.limits if limit.scope is scope]) for row, scope in rows if row is not None
    ]
    own, interval = rows[0][0], timedelta(seconds=demand.channel.min_interval)
    count, until = 0, None
    for cost in demand.costs:
        times = [wait_for(row.used, limits, cost, now) for row, limits in bound]
        times += [at for row, _limits in bound for at in (row.blocked_until, row.free_at)]
        until = max((at for at in times if at is not None and at > now), default=None)
        if until is not None:
            break
        for row, limits in bound:
            charge(row.used, limits, cost, now)
        count += 1
        if own is not None and interval:
            own.free_at = now + interval
    first = until or now
    return Grant(count, tuple(first + interval * place for place in range(len(demand.costs) - count)))


def _keys(demand: Demand) -> tuple[str, ...]:
    return tuple(key_of(scope, demand.service, demand.channel.pk) for scope in (Scope.CHANNEL, Scope.APP))


def _needed(demand: Demand) -> set[str]:
    """The budgets that a demand writes to; without limits and interval it writes to none."""
    own, app = _keys(demand)
    scopes = {limit.scope for limit in demand.limits}
    needed = {app} if Scope.APP in scopes else set()
    return needed | {own} if Scope.CHANNEL in scopes or demand.channel.min_interval else needed


def _window(limit: RateLimit) -> str:
    return str(int(limit.per.total_seconds()))


def _slot(limit: RateLimit, moment: datetime) -> int:
    return int(moment.timestamp() // (limit.per.total_seconds() / SLOTS))
