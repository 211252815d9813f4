"""A month's, a week's and a list's days with everything that stands in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property
from itertools import groupby
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format

from social_publisher.desk.calendar.dates import DAY, Hour, Span, add_months, hours_of, month_grid, span_of, week_rows
from social_publisher.desk.calendar.entries import (
    Band,
    Bucket,
    Entry,
    HourKey,
    PageLaunch,
    bands,
    by_day,
    by_hour,
    hour_key,
    launches,
    planned,
    read_entries,
)
from social_publisher.desk.calendar.filters import Filters, Place
from social_publisher.desk.calendar.slots import FreeTime, free_times
from social_publisher.models import Plan

SHOWN, SHOWN_IN_AN_HOUR = 3, 2
PER_PAGE = 50
UNDATED_SHOWN = 20

Timed = TypeVar("Timed", PageLaunch, FreeTime)


@dataclass(frozen=True)
class Day:
    """A day by its names. All its hours share it, so that each name is made once."""

    date: date
    address: str

    @cached_property
    def iso(self) -> str:
        """As an address has it."""
        return self.date.isoformat()

    @cached_property
    def short(self) -> str:
        """With its weekday, where there is little room."""
        return date_format(self.date, "D j M")

    @cached_property
    def spoken(self) -> str:
        """Without its weekday."""
        return date_format(self.date, "j F")


@dataclass(frozen=True)
class Cell:
    """A day, or one hour of it, and what stands there. `more` is how many posts are not shown."""

    day: Day
    start: datetime
    hour: Hour | None
    entries: tuple[Entry, ...]
    more: int
    bands: tuple[Band, ...]
    launches: tuple[PageLaunch, ...]
    free: tuple[FreeTime, ...]
    outside: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing stands there."""
        return not (self.is_used or self.bands)

    @property
    def is_used(self) -> bool:
        """Something is planned there, or could be."""
        return bool(self.entries or self.launches or self.free)


@dataclass(frozen=True)
class Around:
    """What stands beside the posts of some days."""

    bands: list[Band]
    launches: list[PageLaunch]
    free: list[FreeTime]

    @classmethod
    def read(cls, filters: Filters, span: Span, zone: tzinfo, now: datetime) -> Around:
        """Read it; free times are those of the channels that fit."""
        return cls(bands(filters, span, zone), launches(span, zone), free_times(filters.channels(), span, now))

    def cell(
        self, day: Day, span: Span, bucket: Bucket, entries: dict[int, Entry], hour: Hour | None = None, **more: Any
    ) -> Cell:
        """What of it falls into a span, with that span's posts."""
        shown = tuple(entries[pk] for pk in bucket.ids if pk in entries)
        return Cell(
            day=day,
            start=span.start,
            hour=hour,
            entries=shown,
            more=bucket.total - len(bucket.ids),
            bands=tuple(band for band in self.bands if band.touches(span)),
            launches=_inside(self.launches, span),
            free=_inside(self.free, span),
            **more,
        )


def _inside(rows: Sequence[Timed], span: Span) -> tuple[Timed, ...]:
    """Those rows, which stand in the order of their time, that fall into a span."""
    first, end = (bisect_left(rows, moment, key=lambda row: row.at) for moment in (span.start, span.end))
    return tuple(rows[first:end])


def _named(day: date, place: Place) -> Day:
    """The day, and the address of its list with the same filters."""
    return Day(day, place.address(view="day", day=day))


def month(place: Place, zone: tzinfo, now: datetime) -> list[list[Cell]]:
    """The weeks of a month as cells of a day."""
    grid = month_grid(place.day)
    span = span_of(grid[0][0], 7 * len(grid), zone)
    buckets = by_day(planned(place.filters, span), zone, SHOWN)
    entries, around = _read(buckets.values(), zone), Around.read(place.filters, span, zone, now)

    def cell(day: date) -> Cell:
        outside = day.month != place.day.month
        whole = span_of(day, 1, zone)
        return around.cell(_named(day, place), whole, buckets.get(day, Bucket()), entries, outside=outside)

    return [[cell(day) for day in week] for week in grid]


def week(
    monday: date, place: Place, zone: tzinfo, now: datetime
) -> tuple[list[Cell], list[tuple[str, list[Cell | None]]]]:
    """A week's days, with what touches them as a whole, and its hours with each day's cell; None for no such hour."""
    days = [monday + number * DAY for number in range(7)]
    span = span_of(monday, 7, zone)
    buckets = by_hour(planned(place.filters, span), zone, SHOWN_IN_AN_HOUR)
    entries, around = _read(buckets.values(), zone), Around.read(place.filters, span, zone, now)
    hours = [hours_of(day, zone) for day in days]

    def cell(day: date, of_day: Sequence[Hour], hour: Hour | None) -> Cell | None:
        if hour is None:
            return None
        later = [other.start for other in of_day if other.start > hour.start]
        end = later[0] if later else span_of(day, 1, zone).end
        key: HourKey = hour_key(hour.start, zone)
        return around.cell(named[day], Span(hour.start, end), buckets.get(key, Bucket()), entries, hour)

    named = {day: _named(day, place) for day in days}
    heads = [around.cell(named[day], span_of(day, 1, zone), Bucket(), {}) for day in days]
    rows = [
        (label, [cell(day, of_day, hour) for day, of_day, hour in zip(days, hours, row, strict=True)])
        for label, row in week_rows(hours)
    ]
    return heads, rows


@dataclass(frozen=True)
class Listing:
    """One page of a span's posts by day, and what stands beside them in the whole span."""

    page: Page[Any]
    days: list[tuple[date | None, list[Entry]]]
    around: Around


def listing(place: Place, number: str, zone: tzinfo, now: datetime) -> Listing:
    """The posts of a month or of one day, or those without a time, a page at a time."""
    if place.view == "undated":
        return _page(undated(place.filters), number, zone, Around([], [], []))
    first = place.day if place.view == "day" else place.day.replace(day=1)
    days = 1 if place.view == "day" else (add_months(first, 1) - first).days
    span = span_of(first, days, zone)
    around = Around.read(place.filters, span, zone, now)
    return _page(planned(place.filters, span).order_by("due_at", "post_id"), number, zone, around)


def undated(filters: Filters) -> Any:
    """The plans without a time, the last saved first."""
    return filters.narrow(Plan.objects.filter(due_at=None)).order_by("-saved_at", "-post_id")


def drawer(filters: Filters, zone: tzinfo) -> tuple[list[Entry], bool]:
    """The first posts without a time, and whether there are more."""
    ids = list(undated(filters).values_list("post_id", flat=True)[: UNDATED_SHOWN + 1])
    entries = read_entries(ids[:UNDATED_SHOWN], zone)
    return [entries[pk] for pk in ids[:UNDATED_SHOWN] if pk in entries], len(ids) > UNDATED_SHOWN


def _page(plans: Any, number: str, zone: tzinfo, around: Around) -> Listing:
    page = Paginator(plans.values_list("post_id", flat=True), PER_PAGE).get_page(number)
    ids = list(page.object_list)
    entries = read_entries(ids, zone)
    there = [entries[pk] for pk in ids if pk in entries]
    days = groupby(there, key=lambda entry: entry.due_at.date() if entry.due_at else None)
    return Listing(page, [(day, list(rows)) for day, rows in days], around)


def _read(buckets: Iterable[Bucket], zone: tzinfo) -> dict[int, Entry]:
    return read_entries([pk for bucket in buckets for pk in bucket.ids], zone)
