"""Months, weeks, days and hours as a person's zone has them: days of 23 and 25 hours included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
# Every zone's clock is set in steps of at least this.
STEP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment until just before another, in UTC."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of a local day. `nth` is 1 where clocks repeat it, `name` the zone's name in it then, else empty."""

    hour: int
    nth: int
    start: datetime
    name: str

    @property
    def label(self) -> str:
        """The hour as a clock shows it."""
        return f"{self.hour:02}:00{f' {self.name}' if self.name else ''}"


def span_of(first: date, days: int, zone: tzinfo) -> Span:
    """Return the moments of some local days in a row. A midnight that clocks skip is when they skip it."""
    start, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, first + days * DAY))
    return Span(start, end)


def monday_of(day: date) -> date:
    """The Monday on or before a day."""
    return day - timedelta(days=day.weekday())


def month_grid(day: date) -> list[list[date]]:
    """Return the weeks, Monday first, that a day's month touches."""
    first = day.replace(day=1)
    start, weeks = monday_of(first), []
    while start <= first or start.month == first.month:
        weeks.append([start + number * DAY for number in range(7)])
        start += WEEK
    return weeks


def add_months(day: date, months: int) -> date:
    """The first of the month so many months later, or earlier."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def hours_of(day: date, zone: tzinfo) -> tuple[Hour, ...]:
    """Return the hours of a local day in their order: 24, or fewer or more where clocks are set."""
    span, found = span_of(day, 1, zone), dict[tuple[int, timedelta | None], datetime]()
    moment = span.start
    while moment < span.end:
        local = moment.astimezone(zone)
        found.setdefault((local.hour, local.utcoffset()), moment)
        moment += STEP
    numbers = [hour for hour, _offset in found]
    hours = []
    for place, ((hour, _offset), start) in enumerate(found.items()):
        name = (start.astimezone(zone).tzname() or "") if numbers.count(hour) > 1 else ""
        hours.append(Hour(hour, numbers[:place].count(hour), start, name))
    return tuple(hours)


def week_rows(days: Sequence[tuple[Hour, ...]]) -> list[tuple[str, list[Hour | None]]]:
    """Return a label and each day's hour, None where that day has no such hour, for a week's hours in order."""
    keys = sorted({(hour.hour, hour.nth) for day in days for hour in day})
    by_key = [{(hour.hour, hour.nth): hour for hour in day} for day in days]
    return [(f"{key[0]:02}:00", [hours.get(key) for hours in by_key]) for key in keys]


def hour_at(moment: datetime, hours: Sequence[Hour]) -> Hour:
    """The hour of a day that a moment of it falls into."""
    return max((hour for hour in hours if hour.start <= moment), key=lambda hour: hour.start, default=hours[0])
