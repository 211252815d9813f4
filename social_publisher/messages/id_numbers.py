"""Numbers that name one person or account, told from other digits by their date and their check digits.

Only what cannot well be anything else is taken, so that amounts, product codes and case numbers are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

# A code's length by country: ISO 13616, IBAN registry.
IBAN_LENGTHS = {
    "AD": 24, "AL": 28, "AT": 20, "BA": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18,
    "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GE": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26,
    "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18,
    "NO": 15, "PL": 28, "PT": 25, "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26, "UA": 29,
    "XK": 20,
}  # fmt: skip
RO_COUNTIES = {*range(1, 49), 51, 52, 70, 80, 81, 82, 83}
RO_CENTURIES = {1: 1900, 2: 1900, 3: 1800, 4: 1800, 5: 2000, 6: 2000}


def is_iban(text: str) -> bool:
    """An account number by its country's length and ISO 7064's MOD 97-10; blanks and small letters are none."""
    if len(text) != IBAN_LENGTHS.get(text[:2]) or not (text.isascii() and text.isalnum() and text.isupper()):
        return False
    return int("".join(str(int(character, 36)) for character in text[4:] + text[:4])) % 97 == 1


def is_cnp(text: str) -> bool:
    """Romania, CNP: sex and century, date, county, serial, check digit."""
    digits = _digits(text, 13)
    if not digits or digits[0] == 0:
        return False
    year, month, day = _pair(digits, 1), _pair(digits, 3), _pair(digits, 5)
    centuries = [RO_CENTURIES[digits[0]]] if digits[0] in RO_CENTURIES else [1900, 2000]
    dated = any(_is_date(century + year, month, day) for century in centuries)
    rest = _weighed(digits, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return dated and _pair(digits, 7) in RO_COUNTIES and digits[12] == (1 if rest == 10 else rest)


def is_egn(text: str) -> bool:
    """Bulgaria, EGN: date (20 added to the month before 1900, 40 from 2000 on), serial, check digit."""
    digits = _digits(text, 10)
    if not digits:
        return False
    year, month, day = _pair(digits, 0), _pair(digits, 2), _pair(digits, 4)
    century, added = (1800, 20) if 20 < month <= 32 else (2000, 40) if 40 < month <= 52 else (1900, 0)
    check = _weighed(digits, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10
    return _is_date(century + year, month - added, day) and digits[9] == check


def is_jmbg(text: str) -> bool:
    """Serbia, Bosnia and Herzegovina, Montenegro, North Macedonia: date, region, serial, check digit."""
    digits = _digits(text, 13)
    if not digits:
        return False
    thousandth = digits[4] * 100 + _pair(digits, 5)
    year = (1000 if thousandth >= 800 else 2000) + thousandth
    rest = 11 - _weighed(digits, (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return _is_date(year, _pair(digits, 2), _pair(digits, 0)) and rest != 10 and digits[12] == rest % 11


def is_hungarian(text: str) -> bool:
    """Hungary, személyi azonosító: sex and century, date, serial, check digit, whose weights turned round in 1997."""
    digits = _digits(text, 11)
    if not digits or not 1 <= digits[0] <= 4:
        return False
    year = (1900 if digits[0] < 3 else 2000) + _pair(digits, 1)
    month, day = _pair(digits, 3), _pair(digits, 5)
    weights = range(1, 11) if (year, month, day) < (1997, 1, 1) else range(10, 0, -1)
    return _is_date(year, month, day) and digits[10] == _weighed(digits, weights) % 11


def is_tckn(text: str) -> bool:
    """Türkiye, T.C. kimlik numarası: two check digits."""
    digits = _digits(text, 11)
    if not digits or digits[0] == 0:
        return False
    tenth = (sum(digits[0:9:2]) * 7 - sum(digits[1:8:2])) % 10
    return digits[9] == tenth and digits[10] == sum(digits[:10]) % 10


def is_amka(text: str) -> bool:
    """Greece, AMKA: date, serial, check digit by Luhn."""
    digits = _digits(text, 11)
    if not digits:
        return False
    year, month, day = _pair(digits, 4), _pair(digits, 2), _pair(digits, 0)
    doubled = [digit if place % 2 == 0 else digit * 2 - 9 * (digit > 4) for place, digit in enumerate(digits)]
    return any(_is_date(century + year, month, day) for century in (1900, 2000)) and sum(doubled) % 10 == 0


def is_idnp(text: str) -> bool:
    """Moldova, IDNP: begins with 2 or 09, check digit."""
    digits = _digits(text, 13)
    if not digits or not text.startswith(("2", "09")):
        return False
    return digits[12] == _weighed(digits, (7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)) % 10


PERSONS: tuple[Callable[[str], bool], ...] = (
    is_cnp, is_egn, is_jmbg, is_hungarian, is_tckn, is_amka, is_idnp,
)  # fmt: skip


def is_person(text: str) -> bool:
    """A number by which a state of the region knows one person."""
    return any(knows(text) for knows in PERSONS)


def _digits(text: str, length: int) -> list[int]:
    if len(text) != length or not (text.isascii() and text.isdecimal()):
        return []
    return [int(character) for character in text]


def _pair(digits: Sequence[int], place: int) -> int:
    return digits[place] * 10 + digits[place + 1]


def _weighed(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
