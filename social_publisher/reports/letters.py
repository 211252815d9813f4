"""What a document's own font can draw. PDF/UA-1 refuses a letter that nobody can see; it is named in words instead."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

# Libertinus Serif, as Typst brings it: Latin, Greek and Cyrillic with their marks, punctuation, money, arrows, signs.
DRAWN = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x377), (0x37A, 0x37F), (0x384, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1),
    (0x3A3, 0x4FF), (0x1E00, 0x1F15), (0x1F18, 0x1F1D), (0x1F20, 0x1F45), (0x1F48, 0x1F4D), (0x1F50, 0x1F57),
    (0x1F5F, 0x1F7D), (0x1F80, 0x1FB4), (0x1FB6, 0x1FC4), (0x1FC6, 0x1FD3), (0x1FD6, 0x1FDB), (0x1FDD, 0x1FEF),
    (0x1FF2, 0x1FF4), (0x1FF6, 0x1FFE), (0x2010, 0x2027), (0x202F, 0x2040), (0x2044, 0x2052), (0x2070, 0x2071),
    (0x2074, 0x208E), (0x20A0, 0x20C0), (0x2100, 0x211E), (0x2120, 0x2120), (0x2122, 0x2122), (0x2126, 0x2151),
    (0x2153, 0x2184), (0x2190, 0x22FF), (0x25A0, 0x25FF), (0xFB00, 0xFB06),
)  # fmt: skip
# Joiners and variants of emoji, which mean nothing once it is named.
SILENT = {0x200D, 0xFE0E, 0xFE0F, 0x20E3, 0xAD}


def drawable(text: str) -> str:
    """The text with every letter that the font lacks named in brackets; what steers and is not seen is left out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_drawn(letter) for letter in unicodedata.normalize("NFC", text))


def all_drawable(value: Any) -> Any:
    """Every text in plain data, made drawable."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, Mapping):
        return {key: all_drawable(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [all_drawable(one) for one in value]
    return value


def _drawn(letter: str) -> str:
    point = ord(letter)
    if letter == "\n" or any(first <= point <= last for first, last in DRAWN):
        return letter
    if point in SILENT or unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return " " if letter.isspace() else ""
    if letter.isspace():
        return " "
    name = unicodedata.name(letter, "").lower()
    return f"[{name}]" if name else ""
