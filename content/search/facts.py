"""What search knows of a page: its words and what it is filtered by. A page type adds its own with `register`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import singledispatch
from typing import Any

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail.models import Page
from wagtail.search import index

from content.pages import CampaignPage, EventPage, NewsPage, ProjectPage, ResourcePage
from content.records import Project
from content.search.folding import tidy
from content.search.models import SearchEntry
from content.search.vector import Wording

Kind = SearchEntry.Kind
KINDS: dict[type[Page], Kind] = {
    NewsPage: Kind.NEWS,
    EventPage: Kind.EVENT,
    ProjectPage: Kind.PROJECT,
    CampaignPage: Kind.CAMPAIGN,
    ResourcePage: Kind.RESOURCE,
}
SHOWN_APART = {"title", "summary"}
ENDS = ".!?:;…"
DATES = ("date", "starts_at", "published_on")


@dataclass(frozen=True)
class PageFacts:
    """One page, as an entry stores it."""

    language: str
    kind: str
    wording: Wording
    project_id: int | None = None
    date: date | None = None
    topics: list[str] = field(default_factory=list)


def facts_of(page: Any) -> PageFacts:
    """Read a page of any type. The names of countries come in the page's language."""
    language = page.locale.language_code
    with override(language):
        project, topics = project_of(page), topics_of(page)
        return PageFacts(
            language=language,
            kind=next((str(kind) for model, kind in KINDS.items() if isinstance(page, model)), str(Kind.PAGE)),
            wording=Wording(
                title=tidy(page.title),
                summary=tidy(getattr(page, "summary", "")),
                text=running(map(tidy, _texts(page))),
                extra=" ".join(filter(None, (tidy(str(words)) for words in (*extra_words(page), *topics)))),
            ),
            project_id=project.pk if project else None,
            date=_date(page),
            topics=topics,
        )


def project_of(page: Any) -> Project | None:
    """The project a page is about, its own or its campaign's."""
    campaign = getattr(page, "campaign", None)
    found = getattr(page, "project", None) or getattr(campaign, "project", None)
    return found if isinstance(found, Project) else None


def topics_of(page: Any) -> list[str]:
    """The names of a page's topics in the active language, where its type has any."""
    topics: Any = getattr(page, "topics", None)
    return sorted({str(getattr(topic, "text", topic)) for topic in topics.all()}) if hasattr(topics, "all") else []


@singledispatch
def extra_words(page: Any) -> Iterable[object]:
    """Words under which a page is found although they are not in its text. Register one for a page type."""
    project = project_of(page)
    return [project.acronym, project.name] if project else []


@extra_words.register
def _of_project(page: ProjectPage) -> Iterable[object]:
    """Everything the record says in words: partners, programme, call, countries, themes, and what it makes."""
    project = page.project
    yield from (project.acronym, project.name, project.alternative_name)
    if grant := project.grant:
        yield from (grant.call, grant.reference, grant.programme.name, grant.programme.funder.name)
    for participation in project.participations.select_related("partner"):
        yield from (participation.partner.short_name, participation.partner.name)
    yield from (country.name for country in project.countries.all())
    yield from (theme.name for theme in project.themes.all())
    yield from (milestone.title for milestone in project.milestones.all())
    yield from (indicator.label for indicator in project.indicators.all())
    for deliverable in project.deliverables.all():
        yield from (deliverable.title, deliverable.description)
    yield from (result.title for result in project.results.all())


@extra_words.register
def _of_campaign(page: CampaignPage) -> Iterable[object]:
    campaign = page.campaign
    return [campaign.name, campaign.hashtag, campaign.project.acronym, campaign.project.name]


@extra_words.register
def _of_event(page: EventPage) -> Iterable[object]:
    return [page.place, *([page.project.acronym, page.project.name] if page.project else [])]


@extra_words.register
def _of_resource(page: ResourcePage) -> Iterable[object]:
    """A document is found through the page that offers it, so that a private one is found by nobody."""
    for file in page.files.select_related("document"):
        yield from (file.document.title, file.document.filename)
    yield from (page.creators, page.doi, page.isbn)
    if page.project:
        yield from (page.project.acronym, page.project.name)


def _texts(page: Any) -> Iterator[str]:
    """What the page's type gives to search, without what stands apart."""
    for each in page.get_search_fields():
        if isinstance(each, index.SearchField) and each.field_name not in SHOWN_APART:
            yield from _flat(each.get_value(page))


def running(pieces: Iterable[str]) -> str:
    """The pieces as one text; one that is no sentence, such as a heading, is set apart from the next."""
    kept = list(filter(None, pieces))
    return " ".join(piece if piece[-1] in ENDS or piece is kept[-1] else f"{piece} ·" for piece in kept)


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield strip_tags(value)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _flat(part)


def _date(page: Any) -> date | None:
    value = next((found for name in DATES if (found := getattr(page, name, None))), None)
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    return value if isinstance(value, date) else None
