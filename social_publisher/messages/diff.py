"""What changed between two texts, word by word, for people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORDS = re.compile(r"\s+|[^\s]+")


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, came or went."""

    change: Change
    text: str


def word_diff(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from one text to the other. What stayed and came is `after`, what stayed and went is
    `before`, to the letter. Changed words next to each other are one piece, with the spaces between them."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    pieces: list[Piece] = []
    gone = come = ""
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left, right = "".join(old[start:end]), "".join(new[new_start:new_end])
        if tag == "equal" and not (left.isspace() and (gone or come)):
            pieces += [*_changed(gone, come), Piece(Change.SAME, left)]
            gone = come = ""
        else:
            gone, come = gone + left, come + right
    return [*pieces, *_changed(gone, come)]


def _changed(gone: str, come: str) -> list[Piece]:
    pieces = [Piece(Change.REMOVED, gone), Piece(Change.ADDED, come)]
    return [piece for piece in pieces if piece.text]
