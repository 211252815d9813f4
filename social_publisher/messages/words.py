"""What of a post is words, and what only looks like them: addresses, accounts and hashtags."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import regex

URL = regex.compile(r"(?i)\b(?:https?://|www\.)\S+|(?<![\w@.])[\w-]+(?:\.[\w-]+)+/\S*")
ACCOUNT = regex.compile(r"(?<![\w@.+-])@[\w.-]+(?:@[\w.-]+)?")
HASHTAG = regex.compile(r"(?<![\w&/])#([\w\p{M}]+)")
EMAIL = regex.compile(r"(?<![\w.+@/-])[\w+-]+(?:\.[\w+-]+)*@[\w-]+(?:\.[\w-]+)*\.\p{L}{2,}")
WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*")


def with_one_line_end(text: str) -> str:
    """The text as no browser sends it: every line ends in the same way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def as_it_leaves(text: str) -> str:
    """The text in the form in which networks are given it: NFC, one kind of line end, trimmed."""
    return unicodedata.normalize("NFC", with_one_line_end(text)).strip()


def blanked(text: str, *patterns: regex.Pattern[str]) -> str:
    """The text with everything that the patterns find replaced by as many spaces."""
    for pattern in patterns:
        text = pattern.sub(lambda found: " " * len(found.group()), text)
    return text


def fold(text: str, language: str = "") -> str:
    """The text without regard to case, accents kept. Turkish has two letters i."""
    if language == "tr":
        text = text.replace("I", "ı").replace("İ", "i")
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def capitalised(word: str, language: str = "") -> str:
    """The word with its first letter as a capital and the others small."""
    first, rest = word[:1], word[1:]
    if language == "tr":
        return first.replace("i", "İ").upper() + rest.replace("I", "ı").replace("İ", "i").lower()
    return first.upper() + rest.lower()


def quoted(found: Iterable[str]) -> str:
    """Some findings for a sentence, each once, in their order."""
    return ", ".join(f"“{one}”" for one in dict.fromkeys(found))
