"""Breaks a title into lines: only where its script may break, and so that lines are alike in length."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

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
        if found and parts and LONE.match(parts[0]):
            found[-1] += parts[0] + " "
            continue
        found.extend([*parts[:-1], parts[-1] + " "] if parts else [])
    return found


def broken(text: str, limit: float, width: Width, most: int) -> list[str] | None:
    """Lines no wider than `limit`, as even as can be, in as few lines as possible; None if `most` do not suffice."""
    parts = pieces(text)
    if not parts:
        return []

    @lru_cache(maxsize=None)
    def line(first: int, last: int) -> float:
        return width("".join(parts[first:last]).rstrip(" "))

    @lru_cache(maxsize=None)
    def best(first: int, left: int) -> tuple[float, tuple[int, ...]] | None:
        if first == len(parts):
            return (0.0, ()) if left == 0 else None
        if left == 0:
            return None
        found: tuple[float, tuple[int, ...]] | None = None
        for last in range(first + 1, len(parts) + 1):
            if line(first, last) > limit:
                break
            rest = best(last, left - 1)
            if rest is not None:
                cost = (limit - line(first, last)) ** 2 + rest[0]
                if found is None or cost < found[0]:
                    found = (cost, (last, *rest[1]))
        return found

    for count in range(1, most + 1):
        ends = best(0, count)
        if ends is not None:
            starts = (0, *ends[1][:-1])
            return ["".join(parts[first:last]).rstrip(" ") for first, last in zip(starts, ends[1], strict=True)]
    return None


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
