"""The days on which something comes again."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
SATURDAY, DECEMBER = 5, 12


class Every(StrEnum):
    """How often; the value is kept in the database."""

    DAY = "day"
    WEEKDAY = "weekday"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


STEPS = {Every.DAY: DAY, Every.WEEKDAY: DAY, Every.WEEK: timedelta(weeks=1), Every.FORTNIGHT: timedelta(weeks=2)}


def days(every: str, starts_on: date, ends_on: date) -> Iterator[date]:
    """Every day it comes on, in order, the end included.

    A month that lacks the day of the first takes its last day: 31 January, 28 February, 31 March.
    """
    if every == Every.MONTH:
        yield from _monthly(starts_on, ends_on)
        return
    day, step = starts_on, STEPS[Every(every)]
    while day <= ends_on:
        if every != Every.WEEKDAY or day.weekday() < SATURDAY:
            yield day
        day += step


def _monthly(starts_on: date, ends_on: date) -> Iterator[date]:
    year, month, day = starts_on.year, starts_on.month, starts_on
    while day <= ends_on:
        yield day
        year, month = (year + 1, 1) if month == DECEMBER else (year, month + 1)
        day = date(year, month, min(starts_on.day, monthrange(year, month)[1]))
