"""Everything a record says about one project, in one language, read in one query and handed on as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.numbers import format_currency
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from content.records.country import babel_locale, country_name
from content.records.funded import with_funding
from content.records.indicator import Indicator, IndicatorLabel
from content.records.outputs import (
    Deliverable,
    DeliverableLabel,
    ProjectLink,
    ProjectLinkLabel,
    Result,
    ResultLabel,
)
from content.records.progress import share_reached
from content.records.project import Participation, Project
from content.records.theme import Theme, ThemeLabel
from content.records.timeline import Milestone, MilestoneLabel


@dataclass(frozen=True, slots=True)
class Words:
    """A record's words; `language` is empty where they are in the page's own."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A country by code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """A theme by code and name."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """Who takes part, as what, from where."""

    name: str
    role: str
    country: str
    website: str
    coordinates: bool


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """What was promised and what is reported; `share` is in percents, `bar` the same drawn, at most 100."""

    label: Words
    baseline: int | None
    target: int | None
    approximate: bool
    actual: int | None
    source: str
    reported_on: date | None
    share: int | None

    @property
    def bar(self) -> int | None:
        return None if self.share is None else min(self.share, 100)


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """A point in time: a date known to the day, month or year, or a year of the project."""

    title: Words
    date: date | None
    precision: str
    project_year: int | None
    state: str
    state_name: str


@dataclass(frozen=True, slots=True)
class OutputFacts:
    """A deliverable, a result or a link. What does not belong to its kind is empty."""

    title: Words
    description: Words = Words("")
    due_on: date | None = None
    delivered_on: date | None = None
    source: str = ""
    reported_on: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project's facts. `record` has what is the same in every language, its grant included."""

    record: Project
    themes: Sequence[ThemeFacts]
    countries: Sequence[PlaceFacts]
    partners: Sequence[PartnerFacts]
    indicators: Sequence[IndicatorFacts]
    milestones: Sequence[MilestoneFacts]
    deliverables: Sequence[OutputFacts]
    results: Sequence[OutputFacts]
    links: Sequence[OutputFacts]
    total_cost: str
    contribution: str


def facts_of(project_id: int, language: str) -> ProjectFacts:
    """Return a project's facts in a language; one query. Raises Project.DoesNotExist."""
    rows: Any = with_funding().annotate(**_parts(language)).get(pk=project_id)
    grant = rows.grant
    return ProjectFacts(
        record=rows,
        themes=[ThemeFacts(row["code"], _words(row, "name", language)) for row in rows.theme_rows],
        countries=in_order(rows.country_codes, language),
        partners=[_partner(row, language) for row in rows.partner_rows],
        indicators=[_indicator(row, language) for row in rows.indicator_rows],
        milestones=_milestones(rows.milestone_rows, language),
        deliverables=[_output(row, language) for row in rows.deliverable_rows],
        results=[_output(row, language) for row in rows.result_rows],
        links=[_output(row, language) for row in rows.link_rows],
        total_cost=money(grant.total_cost, grant.currency, language) if grant else "",
        contribution=money(grant.contribution, grant.currency, language) if grant else "",
    )


def in_order(codes: Sequence[str], language: str) -> list[PlaceFacts]:
    """Return countries by their names in a language, accents not counting in the order."""
    from unicodedata import normalize

    found = [PlaceFacts(code, country_name(code, language)) for code in codes]
    return sorted(found, key=lambda place: normalize("NFKD", place.name).casefold())


def money(amount: Any, currency: str, language: str) -> str:
    """Return an amount as the language writes it, or nothing; whole amounts without decimals."""
    if amount is None:
        return ""
    whole = amount == int(amount)
    locale = babel_locale(language)
    if not whole:
        return str(format_currency(amount, currency, locale=locale))
    pattern = locale.currency_formats["standard"].pattern.replace("0.00", "0")
    return str(format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False))


def _parts(language: str) -> dict[str, Any]:
    """Each relation of a project as one array of objects."""
    mine = {"project": OuterRef("pk")}

    def rows(queryset: Any, *columns: str, **more: Any) -> ArraySubquery:
        return ArraySubquery(queryset.values(row=JSONObject(**{name: name for name in columns}, **more)))

    def local(labels: Any, owner: str, column: str = "text") -> Subquery:
        return Subquery(labels.objects.filter(**{owner: OuterRef("pk")}, language=language).values(column)[:1])

    through = Project.countries.through
    themes = Theme.objects.filter(projects=OuterRef("pk")).order_by("name")
    partners = Participation.objects.filter(**mine).order_by("sort_order", "pk")
    indicators = Indicator.objects.filter(**mine).order_by("sort_order", "pk")
    milestones = Milestone.objects.filter(**mine).order_by("sort_order", "pk")
    deliverables = Deliverable.objects.filter(**mine).order_by("sort_order", "pk")
    results = Result.objects.filter(**mine).order_by("sort_order", "pk")
    links = ProjectLink.objects.filter(**mine).order_by("sort_order", "pk")
    return {
        "theme_rows": rows(themes, "code", "name", local=local(ThemeLabel, "theme")),
        "country_codes": ArraySubquery(through.objects.filter(**mine).values("country__code")),
        "partner_rows": rows(
            partners,
            "role",
            name=F("partner__name"),
            website=F("partner__website"),
            country=F("partner__country__code"),
        ),
        "indicator_rows": rows(
            indicators,
            "label",
            "baseline",
            "target",
            "target_is_approximate",
            "actual",
            "source",
            "reported_on",
            local=local(IndicatorLabel, "indicator"),
        ),
        "milestone_rows": rows(
            milestones, "title", "date", "precision", "project_year", "state", local=local(MilestoneLabel, "milestone")
        ),
        "deliverable_rows": rows(
            deliverables,
            "title",
            "description",
            "due_on",
            "delivered_on",
            "url",
            local=local(DeliverableLabel, "deliverable"),
            local_description=local(DeliverableLabel, "deliverable", "description"),
        ),
        "result_rows": rows(results, "title", "source", "reported_on", "url", local=local(ResultLabel, "result")),
        "link_rows": rows(links, "title", "url", local=local(ProjectLinkLabel, "link")),
    }


def _words(row: Mapping[str, Any], column: str, language: str, local: str = "local") -> Words:
    """The words in the page's language, else those of the main language, which say so."""
    if found := row.get(local):
        return Words(found)
    return Words(row.get(column) or "", "" if language == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE)


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _partner(row: Mapping[str, Any], language: str) -> PartnerFacts:
    role = Participation.Role(row["role"])
    return PartnerFacts(
        name=row["name"],
        role=str(role.label),
        country=country_name(row["country"], language) if row["country"] else "",
        website=row["website"],
        coordinates=role == Participation.Role.COORDINATOR,
    )


def _indicator(row: Mapping[str, Any], language: str) -> IndicatorFacts:
    return IndicatorFacts(
        label=_words(row, "label", language),
        baseline=row["baseline"],
        target=row["target"],
        approximate=row["target_is_approximate"],
        actual=row["actual"],
        source=row["source"],
        reported_on=_date(row["reported_on"]),
        share=share_reached(row["baseline"], row["target"], row["actual"]),
    )


def _milestones(rows: Sequence[Mapping[str, Any]], language: str) -> list[MilestoneFacts]:
    """In the order of time where dates tell it; years of the project keep the order staff gave them."""
    found = [
        MilestoneFacts(
            title=_words(row, "title", language),
            date=_date(row["date"]),
            precision=row["precision"],
            project_year=row["project_year"],
            state=row["state"],
            state_name=str(Milestone.State(row["state"]).label) if row["state"] else "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (row.project_year or 0, row.date or date.min))


def _output(row: Mapping[str, Any], language: str) -> OutputFacts:
    return OutputFacts(
        title=_words(row, "title", language),
        description=_words(row, "description", language, "local_description"),
        due_on=_date(row.get("due_on")),
        delivered_on=_date(row.get("delivered_on")),
        source=row.get("source") or "",
        reported_on=_date(row.get("reported_on")),
        url=row.get("url") or "",
    )
