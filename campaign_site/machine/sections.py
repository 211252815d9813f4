"""The sections of the site that have feeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from content.pages import (
    CampaignIndexPage,
    CampaignPage,
    EventIndexPage,
    EventPage,
    NewsIndexPage,
    NewsPage,
    ProjectIndexPage,
    ProjectPage,
    ResourceIndexPage,
    ResourcePage,
)


@dataclass(frozen=True)
class Section:
    """A section by its name in addresses, its title, its pages, the page that lists them, and what the newest have the
    latest of."""

    name: str
    title: Any
    model: type[Page]
    index: type[Page]
    newest: str = "first_published_at"


SECTIONS = {
    section.name: section
    for section in (
        Section("news", _("News"), NewsPage, NewsIndexPage, "date"),
        Section("events", _("Events"), EventPage, EventIndexPage),
        Section("resources", _("Publications"), ResourcePage, ResourceIndexPage, "published_on"),
        Section("campaigns", _("Campaigns"), CampaignPage, CampaignIndexPage),
        Section("projects", _("Projects"), ProjectPage, ProjectIndexPage),
    )
}


def section_of(page: Page) -> Section | None:
    """The section a page stands in."""
    return next((row for row in SECTIONS.values() if isinstance(page, row.model | row.index)), None)
