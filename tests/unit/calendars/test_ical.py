from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from content.calendars.ical import Entry, calendar_file
from content.calendars.when import When

ZONE = ZoneInfo("Europe/Sarajevo")
CHANGED = datetime(2027, 1, 1, 12, tzinfo=UTC)


def entry(**fields: Any) -> Entry:
    when = When(datetime(2027, 5, 12, 9, tzinfo=ZONE), datetime(2027, 5, 14, 13, tzinfo=ZONE))
    values = {"uid": "a@b", "title": "Title; with, signs", "when": when, "url": "https://example.org/e/"}
    return Entry(**{**values, "changed": CHANGED, **fields})


def read(*entries: Entry) -> Any:
    data = calendar_file(entries, name="Events", language="en")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    return Calendar.from_ical(data)


def test_an_event_is_read_back_with_its_zone() -> None:
    calendar = read(entry(place="A hall, Sarajevo", description="Two\n\nlines", categories=("ECOFIT",)))
    (event,) = calendar.walk("VEVENT")
    assert event["summary"] == "Title; with, signs"
    assert event.decoded("dtstart") == datetime(2027, 5, 12, 9, tzinfo=ZONE)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=2, hours=4)
    assert event["dtstart"].params["TZID"] == "Europe/Sarajevo"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Sarajevo"]
    assert event["status"] == "CONFIRMED"
    assert event["description"] == "Two\n\nlines"


@pytest.mark.parametrize("between", ["\n", "\r\n", "\r", "\\\n", ";\n,", "\x0b\x0c\x1b\x7f\n"])
def test_no_text_begins_a_line_of_the_file(between: str) -> None:
    words = f"A{between}BEGIN:VALARM"
    data = calendar_file(
        [entry(title=words, place=words, description=words, categories=(words,))], name=words, language="en"
    )
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    assert "BEGIN:VALARM" not in lines
    assert sum("BEGIN:VALARM" in line for line in lines) == 6, "name (twice), title, place, description, category"
    assert not [line for line in lines if not line.isprintable()]


def test_what_is_called_off_takes_the_earlier_entry_s_place() -> None:
    (event,) = read(entry(called_off=True, number=3)).walk("VEVENT")
    assert (event["uid"], event["status"], event["sequence"]) == ("a@b", "CANCELLED", 3)


def test_days_end_on_the_morning_after() -> None:
    when = When(datetime(2027, 5, 12, tzinfo=ZONE), datetime(2027, 5, 14, tzinfo=ZONE), whole_days=True)
    calendar = read(entry(when=when))
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == date(2027, 5, 12)
    assert event.decoded("dtend") == date(2027, 5, 15)
    assert not calendar.walk("VTIMEZONE")


def test_every_zone_of_a_calendar_is_described_once() -> None:
    athens = ZoneInfo("Europe/Athens")
    other = entry(uid="c@d", when=When(datetime(2027, 6, 1, 9, tzinfo=athens)))
    zones = [str(zone["tzid"]) for zone in read(entry(), entry(uid="e@f"), other).walk("VTIMEZONE")]
    assert sorted(zones) == ["Europe/Athens", "Europe/Sarajevo"]
