"""What machines are told about a page, whatever its type. A type with more to say gets its line here."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.pages import (
    Byline,
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
from content.records import TopicName
from content.records.named import wording

UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
IDENTITIES = uuid.UUID("6e8f6f0e-3d0b-5b3a-9a57-0c9a4f6f2b11")

# Open Graph names a language with its country.
OPEN_GRAPH_LOCALES = {
    "en": "en_GB", "sq": "sq_AL", "bs": "bs_BA", "hr": "hr_HR", "sr": "sr_RS", "cnr": "sr_ME",
    "bg": "bg_BG", "el": "el_GR", "hu": "hu_HU", "ro": "ro_RO", "mk": "mk_MK", "tr": "tr_TR",
}  # fmt: skip


def identity(translation_key: uuid.UUID | str, language: str) -> str:
    """A name of a page in a language that no move, rename or new host changes."""
    return uuid.uuid5(IDENTITIES, f"{translation_key}/{language}").urn


def language_of(page: Page) -> str:
    """The language a page is written in."""
    return str(page.locale.language_code)


def summary_of(page: Page) -> str:
    """One or two sentences, whole."""
    return str(getattr(page, "summary", "") or page.search_description or "").strip()


def published_at(page: Page) -> datetime:
    """When a page came out. A piece of news that is older than its page came out on its own date."""
    first = page.first_published_at
    day = getattr(page, "date", None) or getattr(page, "published_on", None)
    if day is not None and (first is None or day < timezone.localdate(first)):
        return timezone.make_aware(datetime.combine(day, time()))
    return first or UNKNOWN


def updated_at(page: Page) -> datetime:
    """When a page last changed for its readers."""
    changed: datetime | None = page.last_published_at or page.latest_revision_created_at
    return changed or published_at(page)


def authors_of(page: Page) -> list[str]:
    """Names of those who wrote it; empty where the site's owner speaks."""
    return list(_told(page, "known_authors", "authors"))


def topics_of(page: Page) -> list[str]:
    """What it is about, in the active language."""
    return list(_told(page, "known_topics", "topics"))


def _told(page: Page, known: str, name: str) -> list[str]:
    found = getattr(page, known, None)
    if found is None:
        found = getattr(page, name, None) or ()
    return [str(getattr(one, "text", one)) for one in (found.all() if hasattr(found, "all") else found)]


def read_people_and_topics(pages: Sequence[Page]) -> None:
    """Read what `authors_of` and `topics_of` tell of many pieces of news at once; two queries."""
    authors: dict[int, list[str]] = {page.pk: [] for page in pages}
    topics: dict[int, list[str]] = {page.pk: [] for page in pages}
    for page_id, name in (
        Byline.objects.filter(page__in=pages).order_by("sort_order").values_list("page_id", "author__name")
    ):
        authors[page_id].append(name)
    through = NewsPage.topics.through.objects
    name = wording(TopicName, "topic", "text", outer="topic", own="topic__name")
    named = through.filter(newspage__in=pages).order_by("pk").annotate(name=name)
    for page_id, name in named.values_list("newspage_id", "name"):
        topics[page_id].append(name)
    for page in pages:
        page.known_authors, page.known_topics = authors[page.pk], topics[page.pk]


def event_zone(page: Page) -> str:
    """The zone an event's times are told in: its own, else the installation's."""
    return str(getattr(page, "time_zone", "") or settings.TIME_ZONE)


def project_id_of(page: Page) -> int | None:
    """The record of the project a page is about."""
    found: int | None = getattr(page, "project_id", None)
    return found


def kind_of(page: Page) -> str:
    """What kind of page it is, in the active language; empty for pages of plain text."""
    kinds: list[tuple[type[Page], str]] = [
        (CampaignPage, _("Campaign")),
        (ProjectPage, _("Project")),
        (NewsPage, _("News")),
        (EventPage, _("Event")),
        (ResourcePage, _("Publication")),
    ]
    return next((name for model, name in kinds if isinstance(page, model)), "")


def is_list(page: Page) -> bool:
    """Whether a page lists others."""
    return isinstance(page, CampaignIndexPage | EventIndexPage | NewsIndexPage | ProjectIndexPage | ResourceIndexPage)


def readable(model: type[Page], language: str | None = None) -> Any:
    """Pages everybody may read: live, not private, written and not a copy that waits for its translation."""
    pages = model.objects.live().public().filter(alias_of=None)
    if language is not None:
        pages = pages.filter(locale__language_code=language)
    return pages.select_related("locale")
