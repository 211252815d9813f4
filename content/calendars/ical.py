from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vText

from content.calendars.when import When

PRODUCT = "-//SELEC//Campaign site//EN"
# How often a calendar program should ask again.
REFRESH = timedelta(hours=12)
# What no text of a calendar may hold (RFC 5545, 3.1). Line ends are written in another way and stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a calendar file. `changed` is when the public last saw it change; `number` counts its changes."""

    uid: str
    title: str
    when: When
    url: str
    changed: datetime
    number: int = 0
    description: str = ""
    place: str = ""
    called_off: bool = False
    categories: tuple[str, ...] = ()


def calendar_file(entries: Iterable[Entry], *, name: str, language: str) -> bytes:
    """Return an RFC 5545 calendar, with the zones that its times are in."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, _text(name), parameters={"LANGUAGE": language} if key == "name" else {})
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, language))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry, language: str) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed.astimezone(UTC))
    event.add("last-modified", entry.changed.astimezone(UTC))
    event.add("sequence", entry.number)
    event.add("summary", _text(entry.title), parameters={"LANGUAGE": language})
    _add_times(event, entry.when)
    event.add("status", "CANCELLED" if entry.called_off else "CONFIRMED")
    event.add("url", entry.url)
    if entry.description:
        event.add("description", _text(entry.description))
    if entry.place:
        event.add("location", _text(entry.place))
    if entry.categories:
        event.add("categories", [_CONTROLS.sub("", category) for category in entry.categories])
    return event


def _text(words: str) -> vText:
    """A text whatever its field: the library knows some of these fields as no texts, and would end lines in them."""
    return vText(_CONTROLS.sub("", words))


def _add_times(event: Event, when: When) -> None:
    """Days end, in a calendar file, on the morning after."""
    if when.whole_days:
        event.add("dtstart", when.first_day)
        event.add("dtend", when.last_day + timedelta(days=1))
        return
    event.add("dtstart", when.starts)
    if when.ends is not None and when.ends > when.starts:
        event.add("dtend", when.ends)
