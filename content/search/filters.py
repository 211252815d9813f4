"""The filters of the search page: what was chosen, checked, and the links that choose and take back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from content.records import Project
from content.search.find import Outcome
from content.search.models import SearchEntry

MOST_CHOICES = 12
# The name in the address for each filter.
PARAMETERS = {"kind": "type", "project": "project", "topic": "topic", "year": "year"}


@dataclass(frozen=True)
class Choice:
    """One value of a filter, with how many results it leaves."""

    label: str
    count: int
    url: str
    chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A filter with what can be chosen; the link that takes the choice back."""

    label: str
    choices: list[Choice]
    chosen: str = ""
    without_url: str = ""


@dataclass(frozen=True)
class Address:
    """The address of a search; every link on its page is a change of it."""

    text: str
    filters: Mapping[str, Any]

    def url(self, changes: Mapping[str, Any] | None = None, *, page: int = 1) -> str:
        """The query string with these filters changed; one given as None is taken back."""
        chosen = {name: value for name, value in {**self.filters, **(changes or {})}.items() if value is not None}
        pairs: list[tuple[str, Any]] = [("q", self.text)]
        pairs += [(PARAMETERS[name], chosen[name]) for name in PARAMETERS if name in chosen]
        if page > 1:
            pairs.append(("page", page))
        return f"?{urlencode(pairs)}"


def chosen_filters(given: Mapping[str, str]) -> dict[str, Any]:
    """Read the filters from an address. A value that cannot be one is left out."""
    chosen: dict[str, Any] = {}
    kind, topic = given.get("type", ""), given.get("topic", "")
    if kind in SearchEntry.Kind.values:
        chosen["kind"] = kind
    if 0 < len(topic) <= 255 and topic.isprintable():
        chosen["topic"] = topic
    for name, most in (("project", 2**31), ("year", 9999)):
        value = given.get(name, "")
        if value.isascii() and value.isdigit() and 0 < int(value[:12]) <= most:
            chosen[name] = int(value)
    return chosen


def facets(outcome: Outcome, address: Address) -> list[Facet]:
    """The filters that would change something, commonest choices first, years newest first."""
    counts, project = outcome.counts, address.filters.get("project")
    wanted = {int(value) for value in counts["project"]} | ({project} if project else set())
    projects = {str(found.pk): str(found) for found in Project.objects.filter(pk__in=wanted)} if wanted else {}
    kinds = {str(value): str(label) for value, label in SearchEntry.Kind.choices}
    made = [
        _facet("kind", _("Type"), counts["kind"], kinds, address),
        _facet("project", _("Project"), counts["project"], projects, address),
        _facet("topic", _("Topic"), counts["topic"], None, address),
        _facet("year", _("Year"), counts["year"], None, address),
    ]
    return [facet for facet in made if facet.chosen or len(facet.choices) > 1]


def _facet(name: str, label: str, counts: dict[str, int], labels: dict[str, str] | None, address: Address) -> Facet:
    chosen = str(address.filters.get(name, ""))
    order = (
        sorted(counts, reverse=True) if name == "year" else sorted(counts, key=lambda value: (-counts[value], value))
    )
    choices = [
        Choice(labels[value] if labels else value, counts[value], address.url({name: value}), value == chosen)
        for value in order[:MOST_CHOICES]
        if labels is None or value in labels
    ]
    own = (labels or {}).get(chosen, chosen if labels is None else "") if chosen else ""
    return Facet(label, choices, own, address.url({name: None}) if chosen else "")
