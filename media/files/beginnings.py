"""How files begin, whatever they are called: by that their kind is known."""

from __future__ import annotations

from pathlib import PurePosixPath

# Of Windows, Linux, macOS and Java; scripts, shortcuts, WebAssembly.
PROGRAMS = (
    *(b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!", b"L\0\0\0\x01\x14\x02\0", b"\0asm"),
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"),
)
ZIP = b"PK\x03\x04"
PACKED = (ZIP, b"Rar!\x1a\x07", b"7z\xbc\xaf'\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"(\xb5/\xfd", b"MSCF\0\0")
MARKUP = (b"<!doctype html", b"<html", b"<svg", b"<script", b"<?xml", b"<?php")
DOCUMENTS = (b"%PDF-", b"{\\rtf", b"\xd0\xcf\x11\xe0")
# Formats that are ZIP files themselves.
_ZIPPED = """
docx dotx xlsx xltx pptx potx ppsx vsdx odt ott ods ots odp otp odg epub kmz idml key numbers pages sketch xps 3mf usdz
"""
ZIPPED = frozenset(_ZIPPED.split())
_KNOWN = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "gif": b"GIF8",
    "webp": b"RIFF",
    **dict.fromkeys(ZIPPED, ZIP),
}
_TEXTS = {"txt", "csv"}
_NOTES = b"\0\x05\x16\x07"
# What may stand before the first word: a mark of the letters, blanks.
_BLANK = b"\xef\xbb\xbf \t\r\n"
# As much as any of them needs.
ENOUGH = 512


def is_program(start: bytes) -> bool:
    """Whether a file that begins so can run."""
    return start.startswith(PROGRAMS)


def is_packed(start: bytes) -> bool:
    """Whether a file that begins so holds others."""
    return start.startswith(PACKED) or start[257:262] == b"ustar"


def is_markup(start: bytes) -> bool:
    """Whether a file that begins so is a page, or a drawing in words."""
    return start.lstrip(_BLANK).lower().startswith(MARKUP)


def may_be(name: str, start: bytes) -> bool:
    """Whether a file may begin so by what its name says. Of kinds that are not known anything is believed."""
    path = PurePosixPath(name)
    ending = path.suffix.lower().lstrip(".")
    # What macOS notes of a file stands beside it under its name.
    if path.name.startswith("._") and start.startswith(_NOTES):
        return True
    if ending in _TEXTS:
        return not is_markup(start) and not start.startswith(DOCUMENTS)
    return not start or ending not in _KNOWN or start.lstrip(_BLANK).startswith(_KNOWN[ending])
