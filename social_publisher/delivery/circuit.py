"""A circuit breaker a service: after several failures in a row it is left alone, then tried with one post."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db.models import F

from social_publisher.models import Circuit

THRESHOLD = 5
FIRST = timedelta(seconds=30)
LONGEST = timedelta(minutes=10)
# One post is let through to see whether the service is back; its answer is awaited this long.
PROBE = timedelta(seconds=60)


def open_for(failures: int) -> timedelta:
    """How long a service is left alone after so many failures in a row: 30 s, doubling to 10 min."""
    if failures < THRESHOLD:
        return timedelta()
    doubled: timedelta = FIRST * 2 ** min(failures - THRESHOLD, 10)
    return min(doubled, LONGEST)


def broken(services: Collection[str], now: datetime) -> dict[str, tuple[int, datetime]]:
    """Return the services with an open circuit: how many posts may go there now (0, or 1 to try it), and until when
    all others wait. Call inside the arming transaction."""
    answer = {}
    rows = Circuit.objects.select_for_update().filter(service__in=services, failures__gte=THRESHOLD)
    for row in rows.order_by("service"):
        if row.open_until is not None and row.open_until > now:
            answer[row.service] = (0, row.open_until)
        else:
            until = now + PROBE
            Circuit.objects.filter(pk=row.pk).update(open_until=until)
            answer[row.service] = (1, until)
    return answer


def failures() -> dict[str, int]:
    """How many posts in a row failed, of the services where one did."""
    return dict(Circuit.objects.filter(failures__gt=0).values_list("service", "failures"))


def note(failures: Mapping[str, int], successes: Collection[str], now: datetime) -> None:
    """Count what a batch met. One success closes the circuit."""
    if successes:
        Circuit.objects.filter(service__in=successes, failures__gt=0).update(failures=0, open_until=None)
    for service, count in failures.items():
        if service in successes:
            continue
        Circuit.objects.get_or_create(service=service)
        Circuit.objects.filter(service=service).update(failures=F("failures") + count)
        row = Circuit.objects.get(service=service)
        if row.failures >= THRESHOLD:
            Circuit.objects.filter(pk=row.pk).update(open_until=now + open_for(row.failures))
