"""Everything the search page says, gathered in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, override
from wagtail.models import Locale

from content.search.asking import Asked, each_word, tsquery
from content.search.filters import Address, Facet, facets
from content.search.find import PAGE_SIZE, Found, Outcome, count_elsewhere, entries, find
from content.search.highlight import show
from content.search.lexemes import Lexemes, lexemes_of
from content.search.models import SearchEntry
from content.search.promoted import Promoted, promoted_for
from content.search.words import nearest

# A reader who finds fewer is told what other languages have.
FEW = 5
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class Result:
    """One page that was found, as it is shown."""

    url: str
    title: SafeString
    passage: SafeString
    kind: str
    project: str
    date: date | None


@dataclass(frozen=True)
class Elsewhere:
    """What another language has for the same words."""

    code: str
    name: str
    count: int
    url: str


@dataclass(frozen=True)
class Suggestion:
    """The words as the site writes them."""

    text: str
    url: str


@dataclass(frozen=True)
class Turn:
    """The way between the pages of results."""

    number: int
    last: int
    previous_url: str = ""
    next_url: str = ""


@dataclass
class Results:
    """The answer to a search."""

    total: int = 0
    any_word: bool = False
    says_nothing: bool = False
    results: list[Result] = field(default_factory=list)
    promoted: list[Promoted] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    suggestion: Suggestion | None = None
    elsewhere: list[Elsewhere] = field(default_factory=list)
    turn: Turn | None = None
    ranked: int = 0

    @property
    def chosen(self) -> list[Facet]:
        """The filters that are on."""
        return [facet for facet in self.facets if facet.chosen]

    @property
    def missed(self) -> bool:
        """Whether the words as they were asked for were found nowhere in the reader's language."""
        return not self.promoted and (self.any_word or not self.total)


def search(asked: Asked, language: str, filters: dict[str, Any], number: int, request: HttpRequest) -> Results:
    """Answer a search in the reader's language, and say what helps where it finds little."""
    lexemes = lexemes_of(dict.fromkeys(LANGUAGES, asked.words))
    address = Address(asked.text, filters)
    answer = Results(promoted=promoted_for(asked, language, request) if number == 1 and not filters else [])
    outcome, query = _outcome(asked, language, filters, number, lexemes[language], answer)
    if not query:
        answer.says_nothing = True
    last = -(-outcome.reachable // PAGE_SIZE)
    if number > last > 0:  # an address from before some results went, or a guessed one
        number = last
        outcome = find(query, language, filters, number)
    answer.total, answer.ranked = outcome.total, outcome.reachable
    answer.facets = facets(outcome, address)
    answer.results = _shown(outcome, asked, lexemes[language], language, request)
    answer.turn = _turn(outcome, number, address)
    if not filters and number == 1 and (answer.any_word or outcome.total < FEW):
        answer.elsewhere = _elsewhere(asked, lexemes, language)
    return answer


def _outcome(
    asked: Asked, language: str, filters: dict[str, Any], number: int, lexemes: Lexemes, answer: Results
) -> tuple[Outcome, str]:
    """All words; where no page has them all, any of them, with a better spelling of those nobody wrote."""
    query = tsquery(asked, lexemes)
    if not query:
        return Outcome(), ""
    single = each_word(asked, lexemes)
    outcome = find(query, language, filters, number, single)
    if outcome.total or any(outcome.counts.values()):
        return outcome, query
    answer.suggestion = _suggestion(asked, language, single.keys() - outcome.known)
    if outcome.known and len(asked.wanted) > 1:
        query = tsquery(asked, lexemes, any_word=True)
        outcome = find(query, language, filters, number)
        answer.any_word = bool(outcome.total)
    return outcome, query


def _suggestion(asked: Asked, language: str, unknown: set[str]) -> Suggestion | None:
    better = nearest(unknown, language) if unknown else {}
    if not better:
        return None
    text = asked.replacing(better)
    return Suggestion(text, Address(text, {}).url())


def _shown(outcome: Outcome, asked: Asked, lexemes: Lexemes, language: str, request: HttpRequest) -> list[Result]:
    wanted = sorted({lexeme for term in asked.wanted for word in term.words for lexeme in lexemes[word]})
    found = entries(outcome.page_ids, wanted)
    if not found:
        return []
    locale = Locale(pk=found[0].locale_id, language_code=language)
    return [_result(entry, locale, request) for entry in found]


def _result(entry: Found, locale: Locale, request: HttpRequest) -> Result:
    shown = show(entry.title, entry.summary, entry.text, entry.places)
    named = entry.kind not in (SearchEntry.Kind.PROJECT, SearchEntry.Kind.PAGE)
    return Result(
        url=entry.page(locale).get_url(request) or "",
        title=shown.title,
        passage=shown.passage,
        kind=str(SearchEntry.Kind(entry.kind).label) if entry.kind != SearchEntry.Kind.PAGE else "",
        project=(entry.project_acronym or entry.project_name or "") if named else "",
        date=entry.date,
    )


def _turn(outcome: Outcome, number: int, address: Address) -> Turn | None:
    last = -(-outcome.reachable // PAGE_SIZE)
    if last < 2:
        return None
    return Turn(
        number,
        last,
        address.url(page=number - 1) if number > 1 else "",
        address.url(page=number + 1) if number < last else "",
    )


def _elsewhere(asked: Asked, lexemes: dict[str, Lexemes], language: str) -> list[Elsewhere]:
    queries = {code: query for code in LANGUAGES if code != language and (query := tsquery(asked, lexemes[code]))}
    counts = count_elsewhere(queries)
    return [_other(code, counts[code], asked) for code in LANGUAGES if code in counts]


def _other(code: str, count: int, asked: Asked) -> Elsewhere:
    with override(code):
        url = reverse("search")
    name = str(get_language_info(code)["name_local"])
    return Elsewhere(code, name[:1].upper() + name[1:], count, url + Address(asked.text, {}).url())
