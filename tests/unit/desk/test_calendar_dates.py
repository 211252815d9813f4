from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_publisher.desk.calendar.dates import (
    add_months,
    hour_at,
    hours_of,
    monday_of,
    month_grid,
    span_of,
    week_rows,
)

BUCHAREST = ZoneInfo("Europe/Bucharest")
ZONES = [
    "Europe/Bucharest",
    "Europe/Istanbul",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Havana",
    "Asia/Beirut",
]
some_day = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "first", "last", "weeks"),
    [
        (date(2026, 11, 25), date(2026, 10, 26), date(2026, 12, 6), 6),
        (date(2026, 12, 31), date(2026, 11, 30), date(2027, 1, 3), 5),
        (date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28), 4),
        (date(2028, 2, 29), date(2028, 1, 31), date(2028, 3, 5), 5),
        (date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 31), 5),
    ],
)
def test_a_months_weeks_are_whole_and_begin_on_monday(day: date, first: date, last: date, weeks: int) -> None:
    grid = month_grid(day)
    assert (grid[0][0], grid[-1][-1], len(grid)) == (first, last, weeks)


@given(some_day)
def test_every_day_of_a_month_stands_in_its_grid_once(day: date) -> None:
    days = [one for week in month_grid(day) for one in week]
    assert days.count(day) == 1
    assert all(week[0].weekday() == 0 for week in month_grid(day))
    length = (add_months(day, 1) - day.replace(day=1)).days
    assert sum(one.month == day.month for one in days) == length
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))


@pytest.mark.parametrize(
    ("months", "expected"),
    [(1, date(2027, 1, 1)), (-12, date(2025, 12, 1)), (-11, date(2026, 1, 1)), (0, date(2026, 12, 1))],
)
def test_months_pass_the_ends_of_years(months: int, expected: date) -> None:
    assert add_months(date(2026, 12, 31), months) == expected


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 11, 25), 24)])
def test_a_day_on_which_clocks_are_set_is_shorter_or_longer(day: tuple[int, int, int], hours: int) -> None:
    span = span_of(date(*day), 1, BUCHAREST)
    assert span.end - span.start == timedelta(hours=hours)
    assert len(hours_of(date(*day), BUCHAREST)) == hours


def test_a_repeated_hour_is_named_and_a_skipped_one_is_not_there() -> None:
    labels = [hour.label for hour in hours_of(date(2026, 10, 25), BUCHAREST)]
    assert labels[2:6] == ["02:00", "03:00 EEST", "03:00 EET", "04:00"]
    assert "03:00" not in [hour.label for hour in hours_of(date(2026, 3, 29), BUCHAREST)]


def test_a_weeks_rows_hold_the_day_on_which_clocks_are_set() -> None:
    monday = monday_of(date(2026, 10, 25))
    rows = week_rows([hours_of(monday + timedelta(days=number), BUCHAREST) for number in range(7)])
    assert len(rows) == 25
    label, cells = rows[4]
    assert (label, [cell is None for cell in cells]) == ("03:00", [True] * 6 + [False])
    spring = week_rows([hours_of(date(2026, 3, 23) + timedelta(days=number), BUCHAREST) for number in range(7)])
    assert spring[3][1][6] is None


def test_a_day_whose_midnight_is_skipped_begins_when_it_is() -> None:
    span = span_of(date(2026, 3, 29), 1, ZoneInfo("Asia/Beirut"))
    assert span.start == datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert span.end - span.start == timedelta(hours=23)


@given(some_day, st.sampled_from(ZONES), st.integers(0, 26 * 4 * 15 - 1))
def test_every_moment_of_a_day_has_its_hour(day: date, name: str, minutes: int) -> None:
    zone = ZoneInfo(name)
    span = span_of(day, 1, zone)
    moment = span.start + timedelta(minutes=minutes)
    if moment not in span:
        return
    local = moment.astimezone(zone)
    assert local.date() == day
    hour = hour_at(moment, hours_of(day, zone))
    assert (hour.hour, hour.start.astimezone(zone).utcoffset()) == (local.hour, local.utcoffset())


@given(some_day, st.sampled_from(ZONES))
def test_days_follow_each_other_without_a_gap(day: date, name: str) -> None:
    zone = ZoneInfo(name)
    assert span_of(day, 1, zone).end == span_of(day + timedelta(days=1), 1, zone).start
