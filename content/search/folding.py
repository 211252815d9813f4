"""Words as search compares them: one script for Serbian, no accents, one form of every letter. Pure text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

LONGEST_WORD = 80
WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")
CYRILLIC = regex.compile(r"\p{Cyrillic}")
NOT_SHOWN = regex.compile(r"[\p{Cf}\p{Co}\p{Cs}]|(?![\n\t\r])\p{Cc}")

# Languages that are written in Cyrillic and in Latin script, or are close to one that is.
TWO_SCRIPTS = frozenset({"sr", "bs", "hr", "cnr"})
TO_LATIN = str.maketrans(
    dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
    | {"љ": "lj", "њ": "nj", "џ": "dž"}
)
# Letters that are no accented form of another one for Unicode, but are for a reader with another keyboard.
ALIKE = str.maketrans({"đ": "dj", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ς": "σ"})
# Where accents are letters of their own (й, ѓ, ќ), only the marks of stress go.
STRESSED = str.maketrans({"ѐ": "е", "ѝ": "и"})
# The stemmer of older PostgreSQL knows the cedilla alone, newer ones know both.
CEDILLA = str.maketrans({"ș": "ş", "ț": "ţ"})
TURKISH = str.maketrans({"I": "ı", "İ": "i"})


@dataclass(frozen=True)
class Token:
    """A word and where it stands in its text."""

    word: str
    start: int
    end: int


def tidy(text: str) -> str:
    """Text as it is stored and shown: composed letters, no invisible characters, single spaces."""
    return " ".join(NOT_SHOWN.sub("", unicodedata.normalize("NFC", text)).split())


def tokens(text: str) -> Iterator[Token]:
    """Every word of the text, in order."""
    for found in WORD.finditer(text):
        yield Token(found[0], found.start(), found.end())


@lru_cache(maxsize=65_536)
def native(word: str, language: str) -> str:
    """The word in small letters and in the script its language's stemmer reads; accents stay."""
    if language == "tr":
        return word.translate(TURKISH).lower()
    small = word.lower()
    if language in TWO_SCRIPTS:
        return small.translate(TO_LATIN)
    return small.translate(CEDILLA) if language == "ro" else small


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """The word without accents, as somebody writes it who has no key for them."""
    folded = []
    for letter in unicodedata.normalize("NFC", word.lower()).translate(ALIKE):
        if unicodedata.combining(letter):
            continue
        if CYRILLIC.match(letter):
            folded.append(letter.translate(STRESSED))
        else:
            folded.append("".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c)))
    return "".join(folded)


def plain(text: str, language: str) -> str:
    """A whole query as it is compared with others: its words, folded."""
    return " ".join(fold(native(token.word, language)) for token in tokens(text))
