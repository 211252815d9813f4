from __future__ import annotations

import re

DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def bare_doi(written: str) -> str:
    """Return a DOI without the address it may be written as."""
    return _DOI_PREFIX.sub("", written.strip())


def is_doi(value: str) -> bool:
    """Whether this has the form of a DOI."""
    return DOI.fullmatch(value) is not None


def is_isbn(written: str) -> bool:
    """Whether this is an ISBN of 10 or 13 digits whose last digit checks the others."""
    digits = re.sub(r"[\s-]", "", written).upper()
    if re.fullmatch(r"\d{13}", digits):
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = (10 if digit == "X" else int(digit) for digit in digits)
        return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    return False
