from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from social_publisher.desk.calendar.dates import span_of
from social_publisher.messages.slots import moments

SOFIA = ZoneInfo("Europe/Sofia")


def test_weekly_times_come_in_the_channels_zone_summer_and_winter() -> None:
    span = span_of(date(2026, 10, 19), 14, ZoneInfo("Europe/Lisbon"))
    assert list(moments([(0, time(9)), (2, time(18, 30))], SOFIA, span.start, span.end)) == [
        datetime(2026, 10, 19, 6, tzinfo=UTC),
        datetime(2026, 10, 21, 15, 30, tzinfo=UTC),
        datetime(2026, 10, 26, 7, tzinfo=UTC),
        datetime(2026, 10, 28, 16, 30, tzinfo=UTC),
    ]


def test_a_time_that_clocks_skip_comes_later_and_one_they_repeat_comes_once() -> None:
    day = span_of(date(2026, 3, 29), 1, SOFIA)
    assert list(moments([(6, time(3, 30))], SOFIA, day.start, day.end)) == [datetime(2026, 3, 29, 1, 30, tzinfo=UTC)]
    day = span_of(date(2026, 10, 25), 1, SOFIA)
    assert list(moments([(6, time(3, 30))], SOFIA, day.start, day.end)) == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]


def test_only_what_is_inside_the_span_comes() -> None:
    span = span_of(date(2026, 11, 2), 1, ZoneInfo("America/New_York"))
    found = list(moments([(0, time(0)), (1, time(6))], SOFIA, span.start, span.end))
    assert found == [datetime(2026, 11, 3, 4, tzinfo=UTC)]
