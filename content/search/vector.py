"""What of a page is compared, where each word stands and how much it counts, in PostgreSQL's notation. Pure text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from content.search.folding import LONGEST_WORD, Token, tokens
from content.search.lexemes import Lexemes

# PostgreSQL keeps no positions above this.
LAST_POSITION = 16_383
# Fields are kept apart, so that a phrase does not run from one into the next.
GAP = 10


@dataclass(frozen=True)
class Wording:
    """A page's words by field: the title counts most; `extra` is found but never shown."""

    title: str
    summary: str = ""
    text: str = ""
    extra: str = ""

    def placed(self) -> Iterator[tuple[str, int, Token]]:
        """Every word with its field's weight and its position."""
        position = 0
        for weight, field in zip("ABCD", (self.title, self.summary, self.text, self.extra), strict=True):
            for token in tokens(field):
                position += 1
                if position >= LAST_POSITION:
                    return
                if len(token.word) <= LONGEST_WORD:
                    yield weight, position, token
            position += GAP

    def words(self) -> set[str]:
        """Every different word."""
        return {token.word for _weight, _position, token in self.placed()}

    def vector(self, lexemes: Lexemes, weights: str = "ABCD") -> str:
        """The words of the fields with these weights, as a `tsvector`."""
        places: dict[str, list[str]] = defaultdict(list)
        for weight, position, token in self.placed():
            if weight in weights:
                for lexeme in lexemes[token.word]:
                    places[lexeme].append(f"{position}{weight}")
        return " ".join(f"'{lexeme}':{','.join(found)}" for lexeme, found in places.items())
