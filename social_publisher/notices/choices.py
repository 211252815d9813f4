"""How each person wants to be told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from social_publisher.models import Alert, NoticeChoice
from social_publisher.notices.kinds import ALWAYS_SHOWN, usual_mail


@dataclass(frozen=True, slots=True)
class Choice:
    """On the desk's screens, and when by e-mail."""

    shown: bool
    mail: str


def usual(kind: str) -> Choice:
    """What holds for people who chose nothing."""
    return Choice(True, usual_mail(kind).value)


def choices_of(people: Collection[int], kinds: Collection[str]) -> dict[tuple[int, str], Choice]:
    """What people chose, by person and kind; whoever is missing chose nothing."""
    rows = NoticeChoice.objects.filter(person__in=people, kind__in=kinds)
    return {
        (person, kind): Choice(shown or kind in ALWAYS_SHOWN, mail)
        for person, kind, shown, mail in rows.values_list("person_id", "kind", "shown", "mail")
    }


def all_choices(person: Any) -> dict[str, Choice]:
    """What holds for one person, for every kind in its usual order."""
    chosen = choices_of([person.pk], Alert.Kind.values)
    return {kind: chosen.get((person.pk, kind), usual(kind)) for kind in Alert.Kind.values}


@transaction.atomic
def choose(person: Any, choices: Mapping[str, Choice]) -> None:
    """Keep what differs from the usual; a usual that changes later then changes for everybody who never minded."""
    NoticeChoice.objects.filter(person=person, kind__in=choices).delete()
    NoticeChoice.objects.bulk_create(
        NoticeChoice(person=person, kind=kind, shown=choice.shown, mail=choice.mail)
        for kind, choice in choices.items()
        if choice != usual(kind)
    )
