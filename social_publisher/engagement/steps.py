"""A period in equal parts, for charts and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from social_publisher.engagement.figures import Figures
from social_publisher.engagement.periods import Period


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a period: its first and its last day, and what it brought."""

    first: date
    last: date
    figures: Figures


def steps_of(days: Mapping[date, Figures], period: Period) -> list[Step]:
    """The period in equal parts, those that brought nothing too; none where nothing came at all."""
    if not days:
        return []
    firsts = period.steps(min(days))
    ends = [*(first - timedelta(days=1) for first in firsts[1:]), period.last]
    return [
        Step(first, last, Figures.sum(figures for day, figures in days.items() if first <= day <= last))
        for first, last in zip(firsts, ends, strict=True)
    ]
