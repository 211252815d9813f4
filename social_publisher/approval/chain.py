"""The audit as a chain: each sealed entry's hash is over the one before it and over itself. Pure functions.

Whoever changes, removes, adds or reorders sealed entries breaks a link from there on. Cutting off the end breaks none:
for that a head is kept elsewhere and expected later. An exported line carries the hash before it, so it can be checked
alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

START = "0" * 64
# Line ends that JSON leaves as they are; what is below a space it escapes itself.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


class Entry(NamedTuple):
    """One entry. `at` is ISO 8601 in UTC with microseconds; unsealed without a place."""

    id: int
    at: str
    actor: int | None
    actor_name: str
    action: str
    subject: str
    data: Any
    place: int | None = None
    hash: str = ""
    previous: str | None = None


class Head(NamedTuple):
    """The newest seal: what to keep elsewhere."""

    place: int
    hash: str

    def __str__(self) -> str:
        return f"{self.place}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Break:
    """The first link that does not hold, and why."""

    why: str
    id: int | None = None
    at: str = ""
    place: int | None = None

    def __str__(self) -> str:
        where = f"entry {self.id} of {self.at}, place {self.place}: " if self.id is not None else ""
        return f"{where}{self.why}"


@dataclass(slots=True)
class Check:
    """How far a check came: entries that hold, entries not sealed yet, gaps that were allowed, and the first break."""

    head: Head = field(default_factory=lambda: Head(0, START))
    sealed: int = 0
    unsealed: int = 0
    gaps: int = 0
    broken: Break | None = None


def moment(at: datetime) -> str:
    """A time as the chain writes it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def link(previous: str, place: int, entry: Entry) -> str:
    """The hash of an entry in its place: SHA-256 in hex over the previous hash and the entry's canonical JSON."""
    told = [place, entry.id, entry.at, entry.actor, entry.actor_name, entry.action, entry.subject, entry.data]
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def read_head(text: str) -> Head:
    """Read a head as it is printed. Raises ValueError."""
    if (found := HEAD.fullmatch(text.strip())) is None:
        raise ValueError("A head looks like 1234:9f86d0…, a place and 64 hexadecimal digits.")
    return Head(int(found[1]), found[2])


def write_line(entry: Entry) -> str:
    """An entry as a line of an export in JSON Lines, ended.

    JSON lets the line ends of Unicode stand in a text, where some programs that read lines would end one.
    """
    return json.dumps(entry._asdict(), ensure_ascii=False).translate(_ESCAPED) + "\n"


def read_lines(lines: Iterable[str]) -> Iterator[Entry]:
    """Read an export in JSON Lines. Raises ValueError with the number of the first line that is none of ours."""
    for number, text in enumerate(lines, 1):
        if text.strip():
            try:
                yield Entry(**json.loads(text))
            except (ValueError, TypeError) as error:
                raise ValueError(f"Line {number} is no entry of the audit.") from error


def check(entries: Iterable[Entry], expected: Head | None = None, *, may_have_gaps: bool = False) -> Iterator[Check]:
    """Check entries in the order of their places, the unsealed last; yields its one, growing answer after each entry.

    Ends at the first break. With `may_have_gaps`, as a filtered export has them, an entry after a gap is checked with
    the previous hash it carries.
    """
    answer, met = Check(), expected is None
    for entry in entries:
        if entry.place is None:
            answer.unsealed += 1
            yield answer
            continue
        answer.broken = _broken(answer, entry, may_have_gaps)
        if answer.broken is None and expected is not None and entry.place == expected.place:
            met = entry.hash == expected.hash
            answer.broken = None if met else _at(entry, "it is not the entry that was sealed in this place")
        if answer.broken is not None:
            break
        answer.head = Head(entry.place, entry.hash)
        answer.sealed += 1
        yield answer
    if answer.broken is None and not met and expected is not None:
        missing = f"the entry that was sealed in place {expected.place} is missing; the last one is {answer.head.place}"
        answer.broken = Break(missing)
    yield answer


def _broken(answer: Check, entry: Entry, may_have_gaps: bool) -> Break | None:
    assert entry.place is not None
    last, previous = answer.head
    if entry.place <= last:
        return _at(entry, f"it stands after place {last}")
    if entry.place > last + 1:
        if not may_have_gaps or entry.previous is None:
            return _at(entry, f"{entry.place - last - 1} before it are missing, from place {last + 1} on")
        answer.gaps += 1
        previous = entry.previous
    elif entry.previous is not None and entry.previous != previous:
        return _at(entry, "it follows another entry than the one before it")
    if link(previous, entry.place, entry) != entry.hash:
        return _at(entry, "it was changed after it was sealed, or the one before it was replaced")
    return None


def _at(entry: Entry, why: str) -> Break:
    return Break(why, entry.id, entry.at, entry.place)
