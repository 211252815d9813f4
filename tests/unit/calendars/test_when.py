from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from content.calendars.when import When
from content.calendars.zones import moment_of, validate_zone, zone_choices

BUCHAREST = ZoneInfo("Europe/Bucharest")


def at(year: int, month: int, day: int, hour: int = 0, *, zone: ZoneInfo = BUCHAREST) -> datetime:
    return datetime(year, month, day, hour, tzinfo=zone)


def local(text: str) -> datetime:
    """A time as written, in no zone."""
    return datetime.fromisoformat(text)


def test_a_place_s_clock_means_a_moment() -> None:
    assert moment_of(local("2027-05-12 09:00"), BUCHAREST) == datetime(2027, 5, 12, 6, tzinfo=UTC)
    assert moment_of(local("2027-01-12 09:00"), BUCHAREST) == datetime(2027, 1, 12, 7, tzinfo=UTC)


def test_a_time_that_clocks_skip_is_refused_with_the_one_to_choose() -> None:
    with pytest.raises(ValidationError, match="2027-03-28 04:30"):
        moment_of(local("2027-03-28 03:30"), BUCHAREST)


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert moment_of(local("2027-10-31 03:30"), BUCHAREST) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_name_that_is_no_zone_is_refused() -> None:
    validate_zone("Europe/Skopje")
    for wrong in ("Europe/Nowhere", "", "../etc/passwd"):
        with pytest.raises(ValidationError):
            validate_zone(wrong)


def test_zones_of_the_region_come_first_and_each_once() -> None:
    names = [name for name, _label in zone_choices()]
    assert names[0] == "Europe/Bucharest"
    assert names.index("Europe/Sarajevo") < names.index("America/New_York")
    assert len(names) == len(set(names))


def test_an_event_of_hours_is_over_when_it_ends() -> None:
    when = When(at(2027, 5, 12, 9), at(2027, 5, 12, 17))
    assert not when.several_days
    assert when.over_at == at(2027, 5, 12, 17)
    assert (when.offset, when.utc_start.hour, when.utc_other_day) == ("UTC+3", 6, False)
    assert when.starts_iso == "2027-05-12T09:00+03:00"


def test_an_event_of_days_is_over_after_its_last_day() -> None:
    when = When(at(2027, 5, 12), at(2027, 5, 14), whole_days=True)
    assert (when.several_days, when.last_day) == (True, date(2027, 5, 14))
    assert when.over_at == at(2027, 5, 15)
    assert (when.starts_iso, when.ends_iso) == ("2027-05-12", "2027-05-14")


def test_an_event_without_an_end_is_over_after_its_day() -> None:
    assert When(at(2027, 5, 12, 9)).over_at == at(2027, 5, 13)


def test_an_evening_that_ends_at_midnight_is_one_day() -> None:
    assert not When(at(2027, 5, 12, 19), at(2027, 5, 13)).several_days


def test_a_day_that_differs_in_utc_is_told() -> None:
    assert When(at(2027, 5, 12, 1), at(2027, 5, 12, 2)).utc_other_day


@pytest.mark.parametrize(
    ("zone", "offset"), [("UTC", "UTC"), ("Asia/Kolkata", "UTC+5:30"), ("America/New_York", "UTC−4")]
)
def test_offsets_are_written_as_people_do(zone: str, offset: str) -> None:
    assert When(at(2027, 5, 12, 9, zone=ZoneInfo(zone))).offset == offset


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Eastern European Summer Time"), ("ro", "Ora de vară a Europei de Est"), ("cnr", "")]
)
def test_a_zone_is_named_in_the_reader_s_language(language: str, name: str) -> None:
    with override(language):
        shown = When(at(2027, 5, 12, 9)).zone
    assert shown == name or (not name and shown)
