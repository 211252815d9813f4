"""What must be known of a picture or a video before readers see it: whose it is, and who agreed to be in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

# Staff are told so long before an agreement ends.
WARN = timedelta(days=60)


class People(StrEnum):
    """Who can be recognised in it; empty where nobody has said."""

    UNSAID = ""
    NONE = "none"
    AGREED = "agreed"
    NOT_AGREED = "not-agreed"


class Lack(StrEnum):
    """What a picture or a video lacks."""

    DESCRIPTION = "description"
    CREDIT = "credit"
    LICENCE = "licence"
    PEOPLE = "people"
    NOT_AGREED = "not-agreed"
    CONSENT = "consent"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is written down of a picture or a video."""

    description: str
    decorative: bool
    credit: str
    licence: str
    people: str
    consent_note: str
    consent_until: date | None


SENTENCES: dict[Lack, Any] = {
    Lack.DESCRIPTION: _("It has no description: say what it shows, or mark it as decoration."),
    Lack.CREDIT: _("It has no credit: write who made it."),
    Lack.LICENCE: _("It has no licence: write under which terms it may be used."),
    Lack.PEOPLE: _("Nobody has said whether people can be recognised in it."),
    Lack.NOT_AGREED: _("People can be recognised in it and have not agreed: choose another one."),
    Lack.CONSENT: _("Nobody has written down where the agreement of the people in it is kept."),
    Lack.EXPIRED: _("The agreement of the people in it has ended: ask them again, or choose another one."),
}


def lacks(facts: Facts, today: date) -> list[Lack]:
    """Return what keeps it from readers, in the order of the form."""
    return list(_lacks(facts, today))


def ends_soon(facts: Facts, today: date) -> bool:
    """Whether the agreement of the people in it holds, but not for long."""
    until = facts.consent_until
    return facts.people == People.AGREED and until is not None and today <= until <= today + WARN


def _lacks(facts: Facts, today: date) -> Iterator[Lack]:
    if not facts.decorative and not facts.description.strip():
        yield Lack.DESCRIPTION
    if not facts.credit.strip():
        yield Lack.CREDIT
    if not facts.licence.strip():
        yield Lack.LICENCE
    if facts.people == People.UNSAID:
        yield Lack.PEOPLE
    elif facts.people == People.NOT_AGREED:
        yield Lack.NOT_AGREED
    elif facts.people == People.AGREED:
        if not facts.consent_note.strip():
            yield Lack.CONSENT
        if facts.consent_until is not None and facts.consent_until < today:
            yield Lack.EXPIRED
