"""How well posts kept their times: on time, late, missed, and not known; what staff held themselves is set apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Exists, F, FloatField, OuterRef, Q, QuerySet, Value, When
from django.db.models.aggregates import Aggregate
from django.db.models.functions import Coalesce, Extract, Greatest, TruncDate
from django.utils import timezone

from social_publisher.engagement.periods import Period
from social_publisher.models import Delivery, Pause
from social_publisher.models.ledger import State

# The promise: of the posts whose time has come, so many leave within so long.
ON_TIME = timedelta(seconds=5)
GOAL = 0.99


class Verdict(StrEnum):
    """What became of a post on a channel whose time has come."""

    ON_TIME = "on time"
    LATE = "late"
    MISSED = "missed"
    UNKNOWN = "not known"
    REFUSED = "refused"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Level:
    """Posts on channels by what became of them. `asked` of them it could once not be told whether they had left."""

    on_time: int = 0
    late: int = 0
    missed: int = 0
    unknown: int = 0
    refused: int = 0
    held: int = 0
    asked: int = 0

    @property
    def promised(self) -> int:
        """Those that the promise is about: not what staff held, and not what a network would not have."""
        return self.on_time + self.late + self.missed + self.unknown

    @property
    def rate(self) -> float | None:
        """Which part of them left on time; None where none was due."""
        return self.on_time / self.promised if self.promised else None

    @property
    def is_kept(self) -> bool:
        """Whether the promise is kept; it is where nothing was promised."""
        return self.rate is None or self.rate >= GOAL

    @classmethod
    def sum(cls, levels: Iterable[Level]) -> Level:
        """Several taken together."""
        rows = list(levels)
        return cls(**{name: sum(getattr(row, name) for row in rows) for name in cls.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class Lateness:
    """Seconds after its time that a post left: half of them sooner than `median`, 99 of 100 sooner than `slowest`."""

    median: float | None
    slowest: float | None


class Percentile(Aggregate):
    """PostgreSQL's `percentile_cont`."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def judged(period: Period, now: datetime, networks: Iterable[str] | None = None) -> QuerySet[Any]:
    """Every delivery whose time came in a period, with its `verdict` and its `lateness` in seconds.

    Its time is the due time, or when it was approved or its page was seen live, whichever was last: nobody can send
    what may not leave yet.
    """
    rows = Delivery.objects.filter(due_at__lt=min(period.end, now)).exclude(state=State.CANCELLED.value)
    if period.start is not None:
        rows = rows.filter(due_at__gte=period.start)
    if networks is not None:
        rows = rows.filter(channel__network__in=networks)
    free_at = Greatest("due_at", "approval__approved_at", Coalesce("post__launch__seen_live_at", "due_at"))
    rows = rows.annotate(free_at=free_at, left_at=Coalesce("published_at", Value(now)))
    waits = Q(state__in=[State.WAITING.value, State.ARMED.value])
    verdict = Case(
        When(Exists(_pauses()), then=Value(Verdict.HELD.value)),
        When(waits & Q(post__launch__isnull=False, post__launch__seen_live_at=None), then=Value(Verdict.HELD.value)),
        When(state=State.MISSED.value, then=Value(Verdict.MISSED.value)),
        When(state=State.FAILED.value, then=Value(Verdict.REFUSED.value)),
        When(state__in=[State.UNKNOWN.value, State.NEEDS_PERSON.value], then=Value(Verdict.UNKNOWN.value)),
        When(left_at__lte=F("free_at") + ON_TIME, then=Value(Verdict.ON_TIME.value)),
        default=Value(Verdict.LATE.value),
    )
    late = Greatest(Extract(F("left_at") - F("free_at"), "epoch"), Value(0.0), output_field=FloatField())
    told = rows.annotate(verdict=verdict, lateness=late)
    # What waits and is not late yet has no verdict yet.
    return told.exclude(waits & Q(verdict=Verdict.ON_TIME.value))


def by_day(rows: QuerySet[Any]) -> dict[date, Level]:
    """The level of each day of the installation's zone on which something was due, the newest first."""
    days = rows.annotate(day=TruncDate("due_at", tzinfo=timezone.get_default_timezone()))
    found = days.order_by("-day").values("day").annotate(**_counts())
    return {row["day"]: _level(row) for row in found}


def by_network(rows: QuerySet[Any]) -> dict[str, Level]:
    """The level of each network, by its slug."""
    found = rows.order_by("channel__network").values("channel__network").annotate(**_counts())
    return {row["channel__network"]: _level(row) for row in found}


def lateness(rows: QuerySet[Any]) -> Lateness:
    """How late those left that did, and that nobody held."""
    out = rows.filter(verdict__in=[Verdict.ON_TIME.value, Verdict.LATE.value], published_at__isnull=False)
    found = out.order_by().aggregate(median=Percentile("lateness", part=0.5), slowest=Percentile("lateness", part=0.99))
    return Lateness(found["median"], found["slowest"])


def broken(rows: QuerySet[Any], count: int) -> list[Any]:
    """Those that broke the promise, the newest first."""
    bad = [Verdict.LATE.value, Verdict.MISSED.value, Verdict.UNKNOWN.value]
    return list(rows.filter(verdict__in=bad).select_related("post", "channel").order_by("-due_at", "-pk")[:count])


def _pauses() -> QuerySet[Pause]:
    """What people held, of the time between when it was free to leave and when it left or was too late."""
    until = Coalesce(OuterRef("published_at"), OuterRef("cut_off_at"))
    here = Q(campaign=None, channel=None) | Q(channel=OuterRef("channel")) | Q(campaign=OuterRef("post__campaign"))
    by_people = Pause.objects.filter(here, paused_by__isnull=False, paused_at__lt=until)
    return by_people.filter(Q(lifted_at=None) | Q(lifted_at__gt=OuterRef("free_at")))


def _counts() -> dict[str, Any]:
    counts: dict[str, Any] = {kind.name.lower(): Count("pk", filter=Q(verdict=kind.value)) for kind in Verdict}
    return {**counts, "asked": Count("pk", filter=Q(unknown_at__isnull=False))}


def _level(row: dict[str, Any]) -> Level:
    return Level(**{name: row[name] for name in Level.__dataclass_fields__})
