"""A period's numbers as charts, each with what its table says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from social_publisher.engagement.charts import Series, bar_chart, heat_map
from social_publisher.engagement.figures import Figures
from social_publisher.engagement.steps import Step

A, B = "chart__bar chart__bar--a", "chart__bar chart__bar--b"


@dataclass(frozen=True, slots=True)
class Week:
    """A weekday's clicks and reactions by hour."""

    day: str
    hours: list[int]


def over_time(steps: list[Step]) -> SafeString:
    """Clicks and reactions, side by side."""
    labels = [date_format(step.first, "j M") for step in steps]
    return _bars(_("Clicks and reactions over time"), labels, [step.figures for step in steps])


def over_hours(hours: Sequence[tuple[datetime, Figures]]) -> SafeString:
    """The same of single hours, given in the reader's zone."""
    labels = [f"{moment:%H}" for moment, _figures in hours]
    return _bars(_("Clicks and reactions by hour, last 24 hours"), labels, [figures for _moment, figures in hours])


def _bars(title: str, labels: Sequence[str], parts: Sequence[Figures]) -> SafeString:
    return bar_chart(
        title,
        labels,
        [
            Series(_("Clicks"), [part.link_clicks for part in parts], A),
            Series(_("Reactions"), [part.reactions or 0 for part in parts], B),
        ],
    )


def weeks_of(counts: Mapping[tuple[int, int], int]) -> list[Week]:
    """The seven weekdays, Monday first."""
    return [
        Week(str(WEEKDAYS[number]), [counts.get((number + 1, hour), 0) for hour in range(24)]) for number in range(7)
    ]


def over_week(weeks: list[Week]) -> SafeString:
    """When people clicked and reacted."""
    values = {(row, hour): count for row, week in enumerate(weeks) for hour, count in enumerate(week.hours)}
    hours = [f"{hour:02d}:00" for hour in range(24)]
    return heat_map(_("Clicks and reactions by weekday and hour"), [week.day for week in weeks], hours, values)
