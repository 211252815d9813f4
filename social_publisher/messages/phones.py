"""Telephone numbers in international writing, and as people of the region write them at home."""

from __future__ import annotations

from collections.abc import Iterator

import regex

GAP = r"(?:[ \u00A0]?[-–./()][ \u00A0]?\(?|[ \u00A0]\(?)"
INTERNATIONAL = rf"(?:\+|00)[1-9](?:{GAP}?\d){{7,14}}"
NATIONAL = rf"\(?0[ ]?\(?[1-9](?:{GAP}?\d){{7,9}}"
GREEK = rf"(?:69\d|2[1-8]\d)(?:{GAP}?\d){{7}}"
PHONE = regex.compile(rf"(?<![\w+])(?<!\d[.,/-])(?:{INTERNATIONAL}|{NATIONAL}|{GREEK})(?![\w%‰°])")
# Dates and times in digits.
MOMENT = regex.compile(
    r"(?<!\d)(?<!\d[./-])(?:(?:0?[1-9]|[12]\d|3[01])(?:[./-]|\.[ ])(?:0?[1-9]|1[0-2])(?:[./-]|\.[ ])(?:19|20)?\d{2}"
    r"|(?:19|20)\d{2}[./-](?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01])|[0-2]?\d:[0-5]\d)(?![./-]?\d)"
)
THOUSANDS = regex.compile(r"[1-9]\d{0,2}(?:[ \u00A0.]\d{3})+")
THOUSANDS_BEFORE = regex.compile(r"[1-9]\d{0,2}(?:[ \u00A0.]\d{3})*[ \u00A0.]$")
UNIT = regex.compile(r"[ \u00A0]?(?:[€$£₺%]|EUR|USD|RON|MDL|TRY|(?i:euro|ευρώ|εκατ|τεμάχ|τσιγάρ|milion|million|kg))")
CODES = "30|36|40|90|355|359|373|381|382|387|389"
FREE = regex.compile(rf"(?:00(?:{CODES})|0)?(?:800\d+|80\d{{6}})")
FREE_IN_HUNGARY = regex.compile(r"(?:06[ /-]?|\+36[ /-]?)80[ /-]\d.*")


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Where something looks like a telephone number: start and end. Dates, times and amounts do not; numbers that
    cost the caller nothing belong to no person."""
    plain = MOMENT.sub(lambda found: "#" * len(found.group()), text)
    for found in PHONE.finditer(plain):
        if not _is_amount(plain, found) and not _is_free(found.group()):
            yield found.span()


def dialled(written: str) -> str:
    """A number's digits, 00 for a + before them; a 0 in brackets is not dialled."""
    number = written.strip().replace("(0)", "")
    return ("00" if number.startswith("+") else "") + "".join(filter(str.isdecimal, number))


def _is_amount(text: str, found: regex.Match[str]) -> bool:
    written = found.group()
    if UNIT.match(text, found.end()) and not written.startswith("0"):
        return True
    before = THOUSANDS_BEFORE.search(text, max(0, found.start() - 16), found.start())
    return THOUSANDS.fullmatch((before.group() if before else "") + written) is not None


def _is_free(written: str) -> bool:
    return bool(FREE.fullmatch(dialled(written)) or FREE_IN_HUNGARY.fullmatch(written))
