"""A time that results are asked for, by whole days of the installation's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

DAY = timedelta(days=1)
# Bars that can still be told apart.
MOST_BARS = 62


def today() -> date:
    """The day it is for the numbers, wherever the person who looks at them is."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included. Without a first day: everything until then."""

    first: date | None
    last: date

    @classmethod
    def of_days(cls, days: int, today: date) -> Period:
        """So many days, today the last."""
        return cls(today - timedelta(days=days - 1), today)

    @property
    def start(self) -> datetime | None:
        """When it begins, in UTC."""
        return None if self.first is None else _midnight(self.first)

    @property
    def end(self) -> datetime:
        """When it is over, in UTC."""
        return _midnight(self.last + DAY)

    def has(self, moment: datetime) -> bool:
        """Whether a moment is in it."""
        return (self.start is None or self.start <= moment) and moment < self.end

    @property
    def before(self) -> Period | None:
        """As many days before it, to compare with."""
        if self.first is None:
            return None
        length = self.last - self.first + DAY
        return Period(self.first - length, self.first - DAY)

    def shortened(self, days: int) -> Period:
        """Its last days, so many at most."""
        first = self.last - timedelta(days=days - 1)
        return Period(first if self.first is None else max(first, self.first), self.last)

    def steps(self, first: date) -> list[date]:
        """The first days of equal parts that fit into a chart: days, weeks of seven, or months of four weeks."""
        first = self.first or first
        days = max((self.last - first).days + 1, 1)
        step = next((size for size in (1, 7, 28) if days <= size * MOST_BARS), -(-days // MOST_BARS))
        return [first + timedelta(days=number) for number in range(0, days, step)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone()).astimezone(UTC)
