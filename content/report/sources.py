from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at: what it is, why, since when (or until when), and where it is put right.

    `page_id` is given where a look at the page alone settles it: the report then offers to say so.
    """

    title: str
    why: Any
    address: str
    day: date | None = None
    language: str = ""
    page_id: int | None = None
    source: str = ""
    label: Any = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of thing to look at, and what finds all of it, in a few queries whatever their number."""

    code: str
    label: Any
    find: Callable[[date], Iterable[Item]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a source; the same code again takes the place of the first."""
    _sources[source.code] = source


def sources() -> list[Source]:
    """All sources, in the order in which they came."""
    return list(_sources.values())
