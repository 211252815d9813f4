"""What looks like personal data in a text. A pattern is no proof, so each finding says what to do if it is none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import regex
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from social_publisher.messages.checks import Check, Finding
from social_publisher.messages.id_numbers import IBAN_LENGTHS, is_iban, is_person
from social_publisher.messages.phones import dialled, phones
from social_publisher.messages.plates import plates
from social_publisher.messages.words import ACCOUNT, EMAIL, HASHTAG, URL, blanked, quoted

IBAN = regex.compile(rf"(?<!\w)(?:{'|'.join(IBAN_LENGTHS)})\d{{2}}(?:[ ]?[A-Z0-9]){{11,27}}")
ID_NUMBER = regex.compile(r"(?<![\w.,/+-])(?:\d{10,13}|[1-4][ -]\d{6}[ -]\d{4}|[A-T]\d{8}[A-W])(?![\w/]|[.,-]\d)")
# Albania, NID: decade and year, month (51 and on for women), day, serial, check letter.
ALBANIAN = regex.compile(r"[A-T]\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[A-W]")
# So many last digits are alike whether a number was written for callers at home or from abroad.
SAME_ENDING = 8


class Kind(StrEnum):
    """What a piece of text looks like."""

    EMAIL = "email"
    IBAN = "iban"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    PLATE = "plate"


REASONS: dict[Kind, str | Promise] = {
    Kind.EMAIL: gettext_lazy("This looks like an e-mail address: %(found)s."),
    Kind.IBAN: gettext_lazy("This looks like a bank account: %(found)s."),
    Kind.ID_NUMBER: gettext_lazy("This looks like a personal identification number: %(found)s."),
    Kind.PHONE: gettext_lazy("This looks like a telephone number: %(found)s."),
    Kind.PLATE: gettext_lazy("This looks like a vehicle's registration plate: %(found)s."),
}


@dataclass(frozen=True, slots=True)
class Suspect:
    """A piece of a text that looks like personal data."""

    kind: Kind
    text: str


def personal_data(text: str, public: Collection[str] = ()) -> list[Finding]:
    """Findings, one a kind. `public` are numbers and addresses that anybody may read, such as a hotline's."""
    by_kind: dict[Kind, list[str]] = {}
    for suspect in suspects(text, public):
        by_kind.setdefault(suspect.kind, []).append(suspect.text)
    remove = _("Leave it out.")
    reachable = _("Leave it out, or have it listed in the campaign's rules if it is an office's and public.")
    return [
        Finding(
            Check.PERSONAL_DATA,
            str(REASONS[kind]) % {"found": quoted(found)},
            reachable if kind in {Kind.EMAIL, Kind.PHONE} else remove,
        )
        for kind, found in by_kind.items()
    ]


def suspects(text: str, public: Collection[str] = ()) -> list[Suspect]:
    """Every piece that looks like personal data, as it is written, and is not among the public ones."""
    searches: tuple[tuple[Kind, Callable[[str], Iterable[tuple[int, int]]]], ...] = (
        (Kind.EMAIL, _emails),
        (Kind.IBAN, _ibans),
        (Kind.ID_NUMBER, _id_numbers),
        (Kind.PHONE, phones),
        (Kind.PLATE, plates),
    )
    left = blanked(text, URL, HASHTAG)
    found: list[Suspect] = []
    for kind, search in searches:
        for start, end in list(search(left)):
            found.append(Suspect(kind, text[start:end]))
            # What is one thing is not looked at as another.
            left = f"{left[:start]}{' ' * (end - start)}{left[end:]}"
        if kind is Kind.EMAIL:
            left = blanked(left, ACCOUNT)
    return [suspect for suspect in found if not _is_public(suspect, public)]


def _emails(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in EMAIL.finditer(text))


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    """Account numbers, without the words in capitals that may follow."""
    for found in IBAN.finditer(text):
        written, length = found.group(), IBAN_LENGTHS[found.group()[:2]]
        end = 0
        for place, character in enumerate(written):
            length -= character != " "
            if length == 0:
                end = place + 1
                break
        joins_on = found.start() + end < len(text) and text[found.start() + end].isalnum()
        if end and not joins_on and is_iban(written[:end].replace(" ", "")):
            yield found.start(), found.start() + end


def _id_numbers(text: str) -> Iterator[tuple[int, int]]:
    for found in ID_NUMBER.finditer(text):
        plain = regex.sub(r"[ -]", "", found.group())
        if is_person(plain) or ALBANIAN.fullmatch(plain):
            yield found.span()


def _is_public(suspect: Suspect, public: Collection[str]) -> bool:
    if suspect.kind is Kind.EMAIL:
        return suspect.text.casefold() in {one.strip().casefold() for one in public}
    if suspect.kind is not Kind.PHONE:
        return False
    number = dialled(suspect.text)
    return any(_same_number(number, dialled(one)) for one in public if "@" not in one)


def _same_number(one: str, other: str) -> bool:
    ending = one[-SAME_ENDING:]
    return one == other or (len(ending) == SAME_ENDING and other.endswith(ending))
