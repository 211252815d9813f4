"""Draws countries on the map, as near as all of them can be seen."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

# Width to height of what is shown, the least width (so that one small country keeps its surroundings), and the margin.
RATIO = 5 / 4
LEAST_WIDTH = 300
MARGIN = 0.06
# A mark's radius, as a share of what is shown.
MARK = 0.011


@dataclass(frozen=True, slots=True)
class Drawing:
    """What an SVG is made of: the part shown, the countries named, the land around them, marks of the tiny ones."""

    view_box: str
    shown: str
    land: str
    marks: tuple[tuple[int, int], ...]
    radius: float


@lru_cache(maxsize=1)
def outlines() -> Any:
    """Return the outlines of `europe.json`."""
    return json.loads(Path(__file__).with_name("europe.json").read_text(encoding="utf-8"))


def draw(codes: Iterable[str]) -> Drawing | None:
    """Return the drawing of the countries by code, or None where none of them is on the map."""
    return _drawn(frozenset(codes) & frozenset(outlines()["countries"]))


@lru_cache(maxsize=256)
def _drawn(codes: frozenset[str]) -> Drawing | None:
    if not codes:
        return None
    countries = outlines()["countries"]
    left, top, width, height = _frame([countries[code]["box"] for code in codes])
    near = {
        code: country
        for code, country in sorted(countries.items())
        if _meets(country["box"], (left, top, left + width, top + height))
    }
    return Drawing(
        view_box=f"{left} {top} {width} {height}",
        shown="".join(country["path"] for code, country in near.items() if code in codes),
        land="".join(country["path"] for code, country in near.items() if code not in codes),
        marks=tuple(tuple(country["mark"]) for code, country in near.items() if code in codes and "mark" in country),
        radius=round(width * MARK, 1),
    )


def _frame(boxes: list[list[int]]) -> tuple[int, int, int, int]:
    """Return left, top, width and height of the part of the map that holds the boxes."""
    whole_width, whole_height = outlines()["width"], outlines()["height"]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    width = max((right - left) * (1 + 2 * MARGIN), (bottom - top) * (1 + 2 * MARGIN) * RATIO, LEAST_WIDTH)
    width = min(width, whole_width)
    height = min(width / RATIO, whole_height)
    x = _held((left + right - width) / 2, whole_width - width)
    y = _held((top + bottom - height) / 2, whole_height - height)
    return round(x), round(y), round(width), round(height)


def _held(value: float, most: float) -> float:
    return min(max(value, 0), max(most, 0))


def _meets(box: list[int], other: tuple[int, int, int, int]) -> bool:
    return box[0] <= other[2] and box[2] >= other[0] and box[1] <= other[3] and box[3] >= other[1]
