"""Calls to act and numbers as plain data, so that a list of them costs no query an item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date

from content.pages.local_links import LocalLinks


@dataclass(frozen=True, slots=True)
class Action:
    """Something a reader can do; `url` is empty where there is nowhere to go."""

    title: str
    text: str
    link_text: str
    url: str
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and who says so."""

    value: str
    label: str
    source: str
    as_of: date | None
    url: str
    is_outside: bool


def chosen_pages(*streams: Iterable[Mapping[str, Any]]) -> list[int]:
    """Return the ids of the pages that the blocks of these streams point to. Streams are given as raw data."""
    return [block["value"]["page"] for stream in streams for block in stream if block["value"].get("page")]


def actions(stream: Iterable[Mapping[str, Any]], links: LocalLinks) -> list[Action]:
    """Return the calls to act of a stream's raw data. One whose page is not public stays, without its link."""
    found = []
    for block in stream:
        value = block["value"]
        url, is_outside = _address(value, links)
        found.append(Action(value["title"], value["text"], value.get("link_text") or "", url, is_outside))
    return found


def figures(stream: Iterable[Mapping[str, Any]], links: LocalLinks) -> list[Figure]:
    """Return the numbers of a stream's raw data."""
    found = []
    for block in stream:
        value = block["value"]
        url, is_outside = _address(value, links)
        as_of = parse_date(str(value["as_of"])) if value.get("as_of") else None
        found.append(Figure(value["value"], value["label"], value["source"], as_of, url, is_outside))
    return found


def _address(value: Mapping[str, Any], links: LocalLinks) -> tuple[str, bool]:
    if page := value.get("page"):
        link = links.by_id.get(page)
        return (link.url if link else "", False)
    return (value.get("url") or "", bool(value.get("url")))
