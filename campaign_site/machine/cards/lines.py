"""Breaks a title into lines: only where its script may break, and so that lines are alike in length."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

# Latin, Greek and Cyrillic break alike: after a space, or after a hyphen, dash or slash inside a word; never at a
# no-break space. A dash that stands alone stays with the word before it.
INSIDE = re.compile(r"(?<=[-‐–—/])(?=\w{2})")
SPACES = re.compile(r"[ \t\r\n]+")
LONE = re.compile(r"^[–—\-/|·&]$")

Width = Callable[[str], float]


def pieces(text: str) -> list[str]:
    """The parts of a title that stay whole, each with the space that follows it."""
    found: list[str] = []
    for word in SPACES.sub(" ", text).strip(" ").split(" "):
        parts = [part for part in INSIDE.split(word) if part]
        if found and LONE.match(word):
            found[-1] += word + " "
            continue
        found.extend([*parts[:-1], parts[-1] + " "] if parts else [])
    return found


def broken(text: str, limit: float, width: Width, most: int) -> list[str] | None:
    """Lines no wider than `limit`, as even as can be, in as few lines as possible; None if `most` do not suffice."""
    parts = pieces(text)
    if not parts:
        return []

    def line(first: int, last: int) -> str:
        return "".join(parts[first:last]).rstrip(" ")

    @cache
    def room_left(first: int, last: int) -> float:
        return limit - width(line(first, last))

    for count in range(1, most + 1):
        ends = _ends(len(parts), count, room_left)
        if ends is not None:
            return [line(first, last) for first, last in zip([0, *ends], ends, strict=False)]
    return None


def _ends(parts: int, lines: int, room_left: Callable[[int, int], float]) -> list[int] | None:
    """Where each line ends, so that the squares of the room left are least; None if so many lines do not suffice."""
    reached: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _line in range(lines):
        following: dict[int, tuple[float, list[int]]] = {}
        for first, (spent, ends) in reached.items():
            for last in range(first + 1, parts + 1):
                left = room_left(first, last)
                if left < 0:
                    break
                if last not in following or spent + left**2 < following[last][0]:
                    following[last] = (spent + left**2, [*ends, last])
        reached = following
    return reached[parts][1] if parts in reached else None


def cut(text: str, limit: float, width: Width, most: int) -> list[str]:
    """As many whole words as fit, with an ellipsis; a single word that is too long is cut."""
    words = text.split()
    while len(words) > 1:
        words.pop()
        lines = broken(" ".join(words).rstrip(",;:–—-") + "…", limit, width, most)
        if lines is not None:
            return lines
    word = words[0] if words else ""
    while word and width(word + "…") > limit:
        word = word[:-1]
    return [word + "…"]
