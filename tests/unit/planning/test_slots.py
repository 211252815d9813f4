from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from social_publisher.messages.slots import free, is_moved, moment_of, moments, spread

SOFIA = ZoneInfo("Europe/Sofia")
ZONES = ["Europe/Sofia", "Europe/Istanbul", "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"]
MONDAY = datetime(2027, 1, 4, tzinfo=UTC)
WEEK = timedelta(weeks=1)
AT_TEN = time(10)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_next_time_is_in_the_channels_zone() -> None:
    assert next(moments([(0, AT_TEN)], SOFIA, MONDAY, MONDAY + WEEK)) == utc("2027-01-04 08:00")


def test_a_time_at_the_very_start_counts_and_one_at_the_end_does_not() -> None:
    start = utc("2027-01-04 08:00")
    assert list(moments([(0, AT_TEN)], SOFIA, start, start + WEEK)) == [start]


def test_local_time_stays_when_clocks_change() -> None:
    sundays = list(moments([(6, AT_TEN)], SOFIA, utc("2027-03-20 00:00"), utc("2027-04-05 00:00")))
    assert sundays == [utc("2027-03-21 08:00"), utc("2027-03-28 07:00"), utc("2027-04-04 07:00")]


def test_a_time_that_clocks_skip_is_moved_by_as_much_as_they_are_set() -> None:
    day = date(2027, 3, 28)
    assert is_moved(day, time(3, 30), SOFIA)
    assert moment_of(day, time(3, 30), SOFIA).astimezone(SOFIA).time() == time(4, 30)
    assert not is_moved(day, time(4, 30), SOFIA)


def test_a_moved_time_that_meets_another_is_one_moment() -> None:
    times = [(6, time(3, 30)), (6, time(4, 30)), (6, time(4, 0))]
    found = list(moments(times, SOFIA, utc("2027-03-28 00:00"), utc("2027-03-29 00:00")))
    assert found == [utc("2027-03-28 01:00"), utc("2027-03-28 01:30")]


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert moment_of(date(2027, 10, 31), time(3, 30, fold=1), SOFIA) == utc("2027-10-31 00:30")
    assert len(list(moments([(6, time(3, 30))], SOFIA, utc("2027-10-30 00:00"), utc("2027-11-02 00:00")))) == 1


def test_taken_times_are_left_out() -> None:
    taken = {utc("2027-01-04 08:00")}
    assert next(free([(0, AT_TEN)], SOFIA, MONDAY, MONDAY + 2 * WEEK, taken)) == utc("2027-01-11 08:00")


def test_no_times_are_no_moments() -> None:
    assert list(moments([], SOFIA, MONDAY, MONDAY + 100 * WEEK)) == []


STARTS = st.datetimes(datetime.fromisoformat("2025-01-01"), datetime.fromisoformat("2030-01-01"))
WEEKLY = st.sets(st.tuples(st.integers(0, 6), st.times().map(lambda at: at.replace(microsecond=0))), max_size=8)


@given(WEEKLY, st.sampled_from(ZONES), STARTS, st.integers(0, 20))
def test_moments_are_in_order_within_bounds_and_at_their_local_time(
    times: set[tuple[int, time]], name: str, start: datetime, length: int
) -> None:
    zone, begin = ZoneInfo(name), start.replace(tzinfo=UTC)
    found = list(moments(times, zone, begin, begin + timedelta(days=length)))
    assert found == sorted(set(found))
    assert all(begin <= moment < begin + timedelta(days=length) for moment in found)
    for moment in found:
        local = moment.astimezone(zone)
        near = [at for weekday, at in times if moment_of(local.date(), at, zone) == moment]
        near += [at for weekday, at in times if moment_of(local.date() - timedelta(days=1), at, zone) == moment]
        assert near


@given(WEEKLY, st.sampled_from(ZONES), STARTS)
def test_a_week_without_a_change_of_clocks_has_each_time_once(
    times: set[tuple[int, time]], name: str, start: datetime
) -> None:
    zone, begin = ZoneInfo(name), start.replace(tzinfo=UTC)
    offsets = {(begin + timedelta(days=day)).astimezone(zone).utcoffset() for day in range(-2, 10)}
    if len(offsets) == 1:
        assert len(list(moments(times, zone, begin, begin + WEEK))) == len(times)


def every_day(hour: int, days: int = 14) -> list[datetime]:
    return [MONDAY + timedelta(days=day, hours=hour) for day in range(days)]


def test_posts_are_spread_evenly() -> None:
    found = spread(["a"] * 4, {"a": every_day(8)}, MONDAY, MONDAY + 2 * WEEK)
    assert [(moment - MONDAY).days for moment in found if moment] == [1, 5, 8, 12]


def test_posts_of_two_channels_are_spread_together() -> None:
    found = spread(["a", "b"], {"a": every_day(8), "b": every_day(8)}, MONDAY, MONDAY + 2 * WEEK)
    assert [(moment - MONDAY).days for moment in found if moment] == [3, 10]


@given(st.lists(st.sampled_from("abc"), max_size=30), st.sets(st.integers(0, 335), max_size=20))
def test_no_moment_is_given_twice_and_order_is_kept(wishes: list[str], hours: set[int]) -> None:
    slots = {channel: [MONDAY + timedelta(hours=hour) for hour in hours] for channel in "ab"}
    found = spread(wishes, slots, MONDAY, MONDAY + 2 * WEEK)
    for channel in "abc":
        mine = [moment for wish, moment in zip(wishes, found, strict=True) if wish == channel]
        given_ = [moment for moment in mine if moment]
        assert len(given_) == min(len(mine), len(slots.get(channel, [])))
        assert given_ == sorted(set(given_))
