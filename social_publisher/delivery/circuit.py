"""A circuit breaker a service: after several failures in a row it is left alone, then tried with one post."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from social_publisher.models import Circuit

THRESHOLD = 5
FIRST = timedelta(seconds=30)
LONGEST = timedelta(minutes=10)
# One post is let through to see whether the service is back; its answer is awaited this long.
PROBE = timedelta(seconds=60)
# The others look again this soon whether that answer is there: a service that is back is used at once.
LOOK_AGAIN = timedelta(seconds=10)


def open_for(failures: int) -> timedelta:
    """How long a service is left alone after so many failures in a row: 30 s, doubling to 10 min."""
    if failures < THRESHOLD:
        return timedelta()
    doubled: timedelta = FIRST * 2 ** min(failures - THRESHOLD, 10)
    return min(doubled, LONGEST)


def broken(services: Collection[str], now: datetime) -> dict[str, tuple[int, datetime]]:
    """Return the services with an open circuit: how many posts may go there now (0, or 1 to try it), and when all
    others look again. Call inside the arming transaction."""
    answer = {}
    rows = Circuit.objects.select_for_update().filter(service__in=services, failures__gte=THRESHOLD)
    for row in rows.order_by("service"):
        if row.open_until is None or row.open_until <= now:
            Circuit.objects.filter(pk=row.pk).update(open_until=now + PROBE)
            answer[row.service] = (1, now + LOOK_AGAIN)
        elif _tried(row):
            answer[row.service] = (0, min(row.open_until, now + LOOK_AGAIN))
        else:
            answer[row.service] = (0, row.open_until)
    return answer


def _tried(row: Circuit) -> bool:
    """Whether its time is over and a post is out to try it: `open_until` is then how long that answer is awaited."""
    opened = row.opened_at
    return opened is not None and row.open_until is not None and row.open_until > opened + open_for(row.failures)


def failures() -> dict[str, int]:
    """How many posts in a row failed, of the services where one did."""
    return dict(Circuit.objects.filter(failures__gt=0).values_list("service", "failures"))


def note(failures: Mapping[str, Sequence[datetime]], successes: Collection[str], now: datetime) -> None:
    """Count what a batch met, each failure given by when its post was armed. One success closes the circuit.

    An open circuit opens for longer only when it was tried and failed again. What was under way when it opened, on
    this or another process, met the same trouble and says nothing of whether it is over.
    """
    if successes:
        closed = Circuit.objects.filter(service__in=successes, failures__gt=0)
        closed.update(failures=0, opened_at=None, open_until=None)
    for service in sorted(failures.keys() - set(successes)):
        Circuit.objects.get_or_create(service=service)
        _count(service, failures[service], now)


@transaction.atomic
def _count(service: str, armed_at: Sequence[datetime], now: datetime) -> None:
    row = Circuit.objects.select_for_update().get(service=service)
    if row.failures < THRESHOLD:
        row.failures = min(row.failures + len(armed_at), THRESHOLD)
    elif row.opened_at is None or max(armed_at) >= row.opened_at:
        row.failures += 1
    else:
        return
    if row.failures >= THRESHOLD:
        row.opened_at, row.open_until = now, now + open_for(row.failures)
    row.save(update_fields=["failures", "opened_at", "open_until"])
