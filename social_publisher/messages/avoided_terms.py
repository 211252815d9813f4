"""Terms a campaign avoids, and what it says instead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex
from django.utils.translation import gettext as _

from social_publisher.messages.checks import Check, Finding
from social_publisher.messages.words import URL, blanked, fold


@dataclass(frozen=True, slots=True)
class AvoidedTerm:
    """A term, and the one to use instead, if there is one."""

    term: str
    instead: str = ""


@lru_cache(maxsize=256)
def parse(lines: str) -> tuple[AvoidedTerm, ...]:
    """Read "term: instead", one a line; empty lines are passed over. Raises ValueError naming a line without a term."""
    terms = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        term, _colon, instead = (part.strip() for part in line.partition(":"))
        if not any(map(str.isalnum, term)):
            raise ValueError(line)
        terms.append(AvoidedTerm(term, instead))
    return tuple(terms)


def avoided_terms(text: str, lines: str, language: str = "") -> list[Finding]:
    """The avoided terms that stand in the text as whole words, in any case; accents count."""
    folded = fold(blanked(text, URL), language)
    found = [term for term in parse(lines) if _pattern(term.term, language).search(folded)]
    return [
        Finding(
            Check.AVOIDED_TERM,
            _("This campaign does not say “%(term)s”.") % {"term": one.term},
            _("Say “%(instead)s”.") % {"instead": one.instead} if one.instead else _("Find another word."),
        )
        for one in found
    ]


@lru_cache(maxsize=1024)
def _pattern(term: str, language: str) -> regex.Pattern[str]:
    words = r"\s+".join(map(regex.escape, fold(term, language).split()))
    return regex.compile(rf"(?<![\w\p{{M}}]){words}(?![\w\p{{M}}])")
