"""What an answer must not hold, by what kind of answer it is."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

from defusedxml import ElementTree
from icalendar import Calendar

from tests.support.hostile import MARK, alive, leads_out

HOST = "testserver"
KEPT_HOSTS = {HOST, "127.0.0.1:8000"}
FORMULAS = tuple("=+-@＝＋－＠")
PROPERTIES = {
    *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "NAME", "REFRESH-INTERVAL"),
    *("X-PUBLISHED-TTL", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "STATUS", "CATEGORIES"),
    *(
        "TRANSP",
        "LAST-MODIFIED",
        "SEQUENCE",
        "LOCATION",
        "TZID",
        "TZNAME",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "RRULE",
        "RDATE",
    ),
    *("X-LIC-LOCATION", "COMMENT"),
}


def body(answer: Any) -> bytes:
    """All bytes, also of what is sent piece by piece."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def faults(answer: Any) -> list[str]:
    """What is wrong with an answer; none for one as it should be."""
    if answer.status_code >= 500 and answer.status_code not in {501, 503}:
        return [f"broke: {answer.status_code}"]
    location = answer.headers.get("Location", "")
    if location and all(leads_out(location, host) for host in KEPT_HOSTS):
        return [f"leads out to {location[:120]!r}"]
    return [*_of_headers(answer.headers), *_of_body(answer.headers.get("Content-Type", ""), body(answer))]


def _of_headers(headers: Any) -> Iterator[str]:
    for name, value in headers.items():
        if MARK in name.lower() or "\n" in value or "\r" in value:
            yield f"the header {name}"


def _of_body(kind: str, data: bytes) -> list[str]:
    if kind.startswith("text/html"):
        return alive(data.decode())
    if "json" in kind:
        return [fault for text in _fragments(json.loads(data)) for fault in alive(f"<!DOCTYPE html><body>{text}")]
    if "xml" in kind and "openxml" not in kind:
        return _of_xml(data)
    if kind.startswith("text/csv"):
        return of_table(data)
    if kind.startswith("text/calendar"):
        return of_calendar(data)
    return []


def _fragments(value: Any) -> Iterator[str]:
    """The pieces of pages in an answer to a script; everything else is text, which whoever reads it shows as text."""
    if isinstance(value, dict):
        yield from (part for name, part in value.items() if name in {"html", "form"} and isinstance(part, str))
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _fragments(part)


def _of_xml(data: bytes) -> list[str]:
    """It can be read, names nothing from outside, and no element or attribute is of the corpus."""
    try:
        tree = ElementTree.fromstring(data, forbid_dtd=True)
    except Exception as error:
        return [f"no XML: {error}"]
    names = [name for element in tree.iter() for name in (element.tag, *element.attrib) if isinstance(name, str)]
    return [f"the name {name}" for name in names if MARK in name or name.endswith(("script", "img"))]


def of_table(data: bytes) -> list[str]:
    """No cell of a CSV file begins a formula, and quotes hold every cell together."""
    text = data.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text, newline=""), delimiter=";" if ";" in text.split("\n")[0] else ","))
    return [f"the cell {cell[:60]!r}" for row in rows for cell in row if cell.startswith(FORMULAS) and MARK in cell]


def of_calendar(data: bytes) -> list[str]:
    """It can be read, has no property but those that calendars of ours have, and no line end but those of its lines."""
    text = data.decode()
    plain = text.replace("\r\n ", "")
    found = [f"the line {line[:60]!r}" for line in plain.split("\r\n") if line and not _is_known(line)]
    found += [f"a bare line end in {line[:60]!r}" for line in plain.split("\r\n") if set("\n\r\x0b\x0c\0") & set(line)]
    try:
        Calendar.from_ical(text)
    except ValueError as error:
        found.append(f"no calendar: {error}")
    return found


def _is_known(line: str) -> bool:
    return line.split(":")[0].split(";")[0] in PROPERTIES
