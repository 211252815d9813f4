"""Counts of a period added up. None is "not told" and stays None in every sum; a rate names what it is a part of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

REACTIONS = ("likes", "reposts", "replies", "quotes", "bookmarks")
TOLD = ("impressions", *REACTIONS, "clicks")
NAMES = ("link_clicks", *TOLD, "responses_of_shown")
RATE_STEP = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figures:
    """What came in: clicks on our own links are always known, all else as the networks tell it.

    `clicks` are those that a network counts on the post itself. `responses_of_shown` are the reactions to those posts
    alone whose impressions are told.
    """

    link_clicks: int = 0
    impressions: int | None = None
    likes: int | None = None
    reposts: int | None = None
    replies: int | None = None
    quotes: int | None = None
    bookmarks: int | None = None
    clicks: int | None = None
    responses_of_shown: int | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Figures:
        """From a row of sums by the columns' names."""
        told = {name: row.get(name) for name in (*TOLD, "responses_of_shown")}
        return cls(link_clicks=row["link_clicks"] or 0, **told)

    @classmethod
    def of_one(cls, row: Mapping[str, Any]) -> Figures:
        """From a row of a single post on a channel, whose rate is of its own impressions."""
        found = cls.of(row)
        return found if found.impressions is None else replace(found, responses_of_shown=found.reactions)

    @classmethod
    def sum(cls, parts: Iterable[Figures]) -> Figures:
        """All of them together; what none of them tells is not told."""
        found: dict[str, int | None] = dict.fromkeys(NAMES)
        for part in parts:
            for name in NAMES:
                if (value := getattr(part, name)) is not None:
                    found[name] = (found[name] or 0) + value
        return cls.of(found)

    @property
    def reactions(self) -> int | None:
        """How often people did something with a post."""
        told = [count for name in REACTIONS if (count := getattr(self, name)) is not None]
        return sum(told) if told else None

    @property
    def rate(self) -> Decimal | None:
        """Reactions per 100 impressions, of the posts whose impressions are told; None where nobody tells any."""
        if not self.impressions or self.impressions < 0 or self.responses_of_shown is None:
            return None
        return (Decimal(100 * self.responses_of_shown) / self.impressions).quantize(RATE_STEP)
