from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from social_publisher.desk.calendar.ical import Event, calendar, escaped, folded

AT = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
# Text as people write it, line ends and control characters included; lone surrogates cannot be sent anywhere.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def parse(text: str) -> list[dict[str, str]]:
    """Read the events of a feed back as another program does: unfold, split, unescape."""
    assert text.endswith("\r\n")
    lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")[:-1]
    events: list[dict[str, str]] = []
    for line in lines:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events:
            events[-1].setdefault(name, value)
    return events


def unescape(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def test_an_event_reads_back() -> None:
    zone = timezone(timedelta(hours=2))
    event = Event(
        uid="post-7@selec.example",
        stamp=AT,
        start=AT.astimezone(zone),
        end=AT + timedelta(hours=1),
        summary="Откъде идва; това, знаеш ли?\nПитай 🚓🚓",
        description="Approved\\waiting",
        url="https://selec.example/admin/",
        status="TENTATIVE",
        categories=("Smuggling, tobacco", "Draft"),
    )
    (read,) = parse(calendar("Posts", [event]))
    assert (read["UID"], read["DTSTART"], read["DTEND"]) == (event.uid, "20261101T083000Z", "20261101T093000Z")
    assert (read["DTSTAMP"], read["STATUS"], read["URL"]) == ("20261101T083000Z", "TENTATIVE", event.url)
    assert (unescape(read["SUMMARY"]), unescape(read["DESCRIPTION"])) == (event.summary, event.description)
    assert read["CATEGORIES"] == "Smuggling\\, tobacco,Draft"


def test_a_calendar_names_itself_and_is_whole() -> None:
    text = calendar("Posts", [])
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert text.endswith("END:VCALENDAR\r\n")


@given(texts)
def test_no_line_is_longer_than_75_octets_and_none_tears_a_character(text: str) -> None:
    line = folded(f"SUMMARY:{escaped(text)}")
    for piece in line.split("\r\n"):
        assert len(piece.encode()) <= 75
    assert line.replace("\r\n ", "") == f"SUMMARY:{escaped(text)}"


@given(texts)
def test_any_text_reads_back_without_its_control_characters(text: str) -> None:
    plain = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert unescape(escaped(text)) == plain


@given(st.lists(texts, max_size=5))
def test_text_never_begins_a_line_of_its_own(summaries: list[str]) -> None:
    events = [Event(f"{number}@x", AT, AT, f"END:VEVENT\r\n{text}") for number, text in enumerate(summaries)]
    assert [read["UID"] for read in parse(calendar("x", events))] == [event.uid for event in events]
