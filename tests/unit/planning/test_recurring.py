from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_publisher.messages.recurring import Every, days

FRIDAY = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("day", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]),
        ("weekday", [1, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 18]),
        ("week", [1, 8, 15]),
        ("fortnight", [1, 15]),
        ("month", [1]),
    ],
)
def test_the_days_it_comes_on(every: str, expected: list[int]) -> None:
    assert [day.day for day in days(every, FRIDAY, date(2027, 1, 18))] == expected


def test_a_month_without_the_day_takes_its_last() -> None:
    found = list(days("month", date(2027, 12, 31), date(2028, 4, 30)))
    assert found == [date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30)]


def test_nothing_comes_after_the_end() -> None:
    assert list(days("day", FRIDAY, FRIDAY - timedelta(days=1))) == []


@given(st.sampled_from(Every), st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 400))
def test_days_are_in_order_and_within(every: str, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    found = list(days(every, start, end))
    assert found == sorted(set(found))
    assert all(start <= day <= end for day in found)
