"""Cells that no spreadsheet program runs as a formula, and back."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

# What a spreadsheet program may take for the beginning of a formula, also in the wide letters of East Asia, see
# https://owasp.org/www-community/attacks/CSV_Injection. The sign put before it counts too, so that taking it off again
# always gives what was there.
SIGNS = "=＝﹦+＋﹢-－﹣−@＠﹫"
_BEGINNINGS = (*SIGNS, "\t", "\r", "\n", "'")
# Where a program that takes another sign for the end of a cell than we wrote, begins one.
_PIECE = re.compile(rf"""(?<=[,;\t\r\n])(?=["']*[{re.escape(SIGNS)}])""")
_GUARDED_PIECE = re.compile(rf"""(?<=[,;\t\r\n])'(?=["']*[{re.escape(SIGNS)}])""")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SEPARATOR = re.compile(r"(?<!\\)\|")


def guard(text: str) -> str:
    """The text with a ' before it, if it could be run as a formula."""
    return f"'{text}" if text.startswith(_BEGINNINGS) else text


def unguard(text: str) -> str:
    """The text without the ' that `guard` put before it; another ' stays."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_BEGINNINGS) else text


def guard_pieces(text: str) -> str:
    """The text of a cell of a CSV file, with a ' before every piece of it that could be run as a formula.

    Programs ask their country what ends a cell: half of Europe reads commas as text and semicolons as an end, the other
    half the other way round, and one that reads it wrongly splits quoted cells too.
    """
    return _PIECE.sub("'", text)


def keep_guards(text: str) -> str:
    """The text of a cell of a workbook, which no program cuts: with one ' more where reading would take one off."""
    return _GUARDED_PIECE.sub("''", text)


def unguard_pieces(text: str) -> str:
    """The text without what `guard_pieces` or `keep_guards` put into it; a CSV file may have become a workbook."""
    return _GUARDED_PIECE.sub("", text)


def written(text: str) -> str:
    """A text as it stands in a cell of either format: guarded, lines ended one way, nothing that XML cannot hold."""
    return guard(_FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def read(value: Any) -> str:
    """What a cell says, as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float | Decimal) and value == int(value):
        return str(int(value))
    return unguard(unguard_pieces(str(value).replace("\r\n", "\n").replace("\r", "\n")))


def join(names: list[str]) -> str:
    """Names in one cell, separated by |."""
    return " | ".join(name.replace("|", "\\|") for name in names)


def split(cell: str) -> list[str]:
    """The names in a cell."""
    return [name.strip().replace("\\|", "|") for name in _SEPARATOR.split(cell) if name.strip()]
