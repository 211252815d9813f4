"""What the API offers. The endpoints, the OpenAPI description, docs/api.md and the public page all come from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from campaign_site.machine.addresses import address
from campaign_site.machine.api.facts import campaign_facts, project_brief, project_facts, project_outputs
from campaign_site.machine.cards.address import card_address
from campaign_site.machine.feeds.collect import campaign_feed_address
from campaign_site.machine.reading import (
    authors_of,
    event_zone,
    identity,
    language_of,
    summary_of,
    topics_of,
    updated_at,
)
from content.pages import CampaignPage, EventPage, NewsPage, ProjectPage
from content.records import Campaign, Participation

VERSION = "v1"
MOST = 100


@dataclass(frozen=True)
class Field:
    """One field: its name, its JSON type, what it tells, and how it is read from a page."""

    name: str
    type: str
    about: Any
    read: Callable[[Any], Any]
    in_lists: bool = True


@dataclass(frozen=True)
class Filter:
    """One parameter that narrows a list: its name, what it does, an example, and the rows it keeps."""

    name: str
    about: Any
    example: str
    keep: Callable[[QuerySet[Any], str], QuerySet[Any]]


@dataclass(frozen=True)
class Endpoint:
    """One kind of page."""

    name: str
    title: Any
    model: type[Page]
    fields: list[Field]
    related: tuple[str, ...]
    many: tuple[Any, ...]
    newest: str
    filters: list[Filter] = field(default_factory=list)


COMMON = [
    Field("uid", "string", _("A name that never changes, also when the page moves."),
          lambda page: identity(page.translation_key, language_of(page))),
    Field("language", "string", _("The language of the page, as in its address."), language_of),
    Field("url", "string", _("The page's public address."), lambda page: page.full_url),
    Field("summary", "string", _("One or two sentences."), summary_of),
    Field("image", "string", _("The address of a picture with the title: JPEG, 1200 by 630 pixels."), card_address),
    Field("published_at", "date-time", _("When the page was first published."), lambda page: page.first_published_at),
    Field("updated_at", "date-time", _("When the page last changed for its readers."), updated_at),
]  # fmt: skip


def text_of(page: Any) -> str:
    """The words of the page's own text, a paragraph a line."""
    parts = page.body.stream_block.get_searchable_content(page.body)
    return "\n".join(part for part in (str(part).strip() for part in parts) if part)


def streamed(name: str) -> Callable[[Any], list[Any]]:
    """Read a list of plain texts or of titles with texts."""

    def read(page: Any) -> list[Any]:
        found: list[Any] = []
        for block in getattr(page, name):
            value = block.value
            is_pair = hasattr(value, "get") and "title" in value
            found.append({"title": value["title"], "text": value.get("text", "")} if is_pair else str(value))
        return found

    return read


TEXT = Field("text", "string", _("The page's text without formatting, a paragraph a line."), text_of, in_lists=False)
PROJECT = Field("project", "object", _("The project it is about, with its funder's statement; null if none."),
                lambda page: project_brief(page.project))  # fmt: skip
TOPICS = Field("topics", "array", _("What it is about."), topics_of)

PAID = ("grant__programme__funder",)


def _under(prefix: str, paths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{prefix}__{path}" for path in paths)


def _by_project(pages: QuerySet[Any], value: str) -> QuerySet[Any]:
    return pages.filter(project__acronym__iexact=value)


def _in_phase(pages: QuerySet[Any], value: str) -> QuerySet[Any]:
    """As pages say it: a campaign whose last day is over is past."""
    over = Q(campaign__ends_on__lt=timezone.localdate())
    if value == Campaign.Status.PAST:
        return pages.filter(Q(campaign__status=value) | over)
    return pages.filter(campaign__status=value).exclude(over)


BY_PROJECT = Filter("project", _("Only those about the project with this acronym."), "FAIT", _by_project)

ENDPOINTS = [
    Endpoint(
        "campaigns",
        _("Campaigns"),
        CampaignPage,
        [
            *COMMON,
            Field("campaign", "object", _("The campaign's record: code, status, hashtag, dates."),
                  lambda page: campaign_facts(page.campaign)),
            Field("project", "object", _("The project it is part of, with its funder's statement."),
                  lambda page: project_brief(page.campaign.project)),
            Field("feed", "string", _("The address of the campaign's Atom feed."),
                  lambda page: campaign_feed_address(page.campaign.code, language_of(page))),
            Field("key_messages", "array", _("What the campaign wants its readers to know."), streamed("key_messages"),
                  in_lists=False),
            Field("actions", "array", _("What a reader can do."), streamed("actions"), in_lists=False),
            TEXT,
        ],
        ("campaign__project__grant__programme__funder",),
        ("campaign__project__grant__programme__statements",),
        "-first_published_at",
        [
            Filter("status", _("Only campaigns with this status: planned, current or past."), "current",
                   _in_phase),
            Filter("project", _("Only campaigns of the project with this acronym."), "FAIT",
                   lambda pages, value: pages.filter(campaign__project__acronym__iexact=value)),
        ],
    ),
    Endpoint(
        "projects",
        _("Projects"),
        ProjectPage,
        [
            *COMMON,
            Field("project", "object", _("The project's record: dates, countries, partners, indicators, funding."),
                  lambda page: project_facts(page.project)),
            Field("outputs", "object", _("Its themes, milestones, deliverables, results and links."),
                  lambda page: project_outputs(page.project), in_lists=False),
            Field("objectives", "array", _("Its objectives."), streamed("objectives"), in_lists=False),
            Field("activities", "array", _("Its activities."), streamed("activities"), in_lists=False),
            Field("benefits", "array", _("What it brings."), streamed("benefits"), in_lists=False),
            TEXT,
        ],
        _under("project", PAID),
        (
            "project__grant__programme__statements",
            "project__countries",
            "project__indicators__labels",
            Prefetch("project__participations", Participation.objects.select_related("partner__country")),
        ),
        "path",
        [
            Filter("status", _("Only projects with this status: planned, running or closed."), "running",
                   lambda pages, value: pages.filter(project__status=value)),
            Filter("country", _("Only projects with this country, by its two-letter ISO code."), "RO",
                   lambda pages, value: pages.filter(project__countries__code__iexact=value)),
        ],
    ),
    Endpoint(
        "news",
        _("News"),
        NewsPage,
        [
            *COMMON,
            Field("date", "date", _("The date it carries."), lambda page: page.date),
            Field("authors", "array", _("Who wrote it; empty where the organisation speaks."), authors_of),
            TOPICS,
            PROJECT,
            TEXT,
        ],
        _under("project", PAID),
        ("project__grant__programme__statements",),
        "-date",
        [BY_PROJECT],
    ),
    Endpoint(
        "events",
        _("Events"),
        EventPage,
        [
            *COMMON,
            Field("starts_at", "date-time", _("When it starts; null while not announced."),
                  lambda page: page.starts_at),
            Field("ends_at", "date-time", _("When it ends; null while not announced."), lambda page: page.ends_at),
            Field("time_zone", "string", _("The time zone its times are told in."), event_zone),
            Field("whole_days", "boolean", _("Whether only the days count, and not the times."),
                  lambda page: page.whole_days),
            Field("status", "string", _("Whether it takes place: planned, moved, postponed or cancelled."),
                  lambda page: page.status),
            Field("status_note", "string", _("Why, and what people should do now; empty if there is nothing to say."),
                  lambda page: page.status_note),
            Field("place", "string", _("Where it is; empty while not announced."), lambda page: page.place),
            Field("online_url", "string", _("Where it can be followed online; empty if nowhere."),
                  lambda page: page.online_url),
            PROJECT,
            TEXT,
        ],
        _under("project", PAID),
        ("project__grant__programme__statements",),
        "-starts_at",
        [BY_PROJECT],
    ),
]  # fmt: skip


def list_address(endpoint: Endpoint) -> str:
    """The public address of an endpoint's list."""
    return address(f"api:{endpoint.name}:listing")
