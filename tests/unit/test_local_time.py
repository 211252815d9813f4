from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from social_publisher.desk.local_time import around, readings

SOFIA = ZoneInfo("Europe/Sofia")
ZONES = ["Europe/Sofia", "Europe/Istanbul", "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"]


def local(text: str) -> datetime:
    """A time as written, in no zone."""
    return datetime.fromisoformat(text)


def test_an_ordinary_time_means_one_moment() -> None:
    (reading,) = readings(local("2026-11-24 10:00"), SOFIA)
    assert (reading.moment, reading.name) == (datetime(2026, 11, 24, 8, tzinfo=UTC), "EET")


def test_a_skipped_time_means_none_and_has_neighbours() -> None:
    skipped = local("2027-03-28 03:30")
    assert readings(skipped, SOFIA) == ()
    assert around(skipped, SOFIA) == (local("2027-03-28 02:30"), local("2027-03-28 04:30"))


def test_a_repeated_time_means_two_an_hour_apart() -> None:
    first, second = readings(local("2026-10-25 03:30"), SOFIA)
    assert (first.name, second.name) == ("EEST", "EET")
    assert (second.moment - first.moment).total_seconds() == 3600


@given(
    st.datetimes(local("2020-01-01"), local("2035-01-01")),
    st.sampled_from(ZONES),
)
def test_every_reading_is_that_local_time(written: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    for reading in readings(written, zone):
        assert reading.moment.astimezone(zone).replace(tzinfo=None) == written
