"""Gathers what a feed carries, in as many queries however many entries there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import F
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaign_site.machine.addresses import absolute, address
from campaign_site.machine.cards.address import card_address
from campaign_site.machine.feeds.document import Entry, Feed
from campaign_site.machine.reading import (
    UNKNOWN,
    authors_of,
    identity,
    language_of,
    published_at,
    read_people_and_topics,
    readable,
    summary_of,
    topics_of,
    updated_at,
)
from campaign_site.machine.sections import SECTIONS, Section
from content.pages import CampaignPage, HomePage, NewsPage

LENGTH = 50


def section_feed(section: Section, language: str) -> Feed:
    """The newest pages of a section in a language. Raises Http404 where the language has no such section."""
    pages = _newest(section, language)
    index = _front(section.index, language, pages)
    title = _("SELEC campaigns: %(section)s") % {"section": index.title}
    return _feed(pages, index, title, [section.name])


def whole_feed(language: str) -> Feed:
    """The newest pages of all sections in a language. Raises Http404 where the language has no home page."""
    pages = [page for section in SECTIONS.values() for page in _newest(section, language)]
    home = _front(HomePage, language, pages)
    return _feed(pages, home, _("SELEC campaigns"), ["all"])


def campaign_feed(code: str, language: str) -> Feed:
    """A campaign's page, and news, events and publications about its project. Raises Http404 where it has no page."""
    page = readable(CampaignPage, language).filter(campaign__code=code).select_related("campaign").first()
    if page is None:
        raise Http404
    pages = [page]
    for section in (SECTIONS["news"], SECTIONS["events"], SECTIONS["resources"]):
        pages.extend(_newest(section, language, project_id=page.campaign.project_id))
    title = _("SELEC campaigns: %(section)s") % {"section": page.title}
    return _feed(pages, page, title, ["campaign", code])


def campaign_feed_address(code: str, language: str) -> str:
    """Where a campaign's Atom feed is."""
    return address("campaign-feed", code, "atom", language=language)


def _front(model: type[Page], language: str, pages: list[Page]) -> Page:
    """The page a feed belongs to. One that is still to be translated will do where pages below it are."""
    front: Page | None = (
        model.objects.live().public().filter(locale__language_code=language).select_related("locale").first()
    )
    if front is None or (front.alias_of_id and not pages):
        raise Http404
    return front


def _newest(section: Section, language: str, **about: Any) -> list[Page]:
    pages = readable(section.model, language).filter(**about)
    found = list(pages.order_by(F(section.newest).desc(nulls_last=True), "-pk").defer_streamfields()[:LENGTH])
    if section.model is NewsPage:
        read_people_and_topics(found)
    return found


def _feed(pages: Iterable[Page], of: Page, title: str, name: list[str]) -> Feed:
    language = language_of(of)
    entries = sorted((_entry(page) for page in pages), key=lambda entry: entry.published, reverse=True)[:LENGTH]
    args = name[1:]
    view = "campaign-feed" if args else "feed"
    atom, json = (absolute(reverse(view, args=[*(args or name), kind])) for kind in ("atom", "json"))
    return Feed(
        identity=identity(f"feed/{'/'.join(name)}", language),
        title=title,
        subtitle=summary_of(of),
        language=language,
        owner=str(settings.SITE_OWNER),
        home=absolute("/"),
        url=of.full_url or absolute("/"),
        atom=atom,
        json=json,
        updated=max((entry.updated for entry in entries), default=UNKNOWN),
        entries=entries,
    )


def _entry(page: Page) -> Entry:
    language = language_of(page)
    return Entry(
        identity=identity(page.translation_key, language),
        url=page.full_url or "",
        title=page.title,
        summary=summary_of(page),
        language=language,
        published=published_at(page),
        updated=max(updated_at(page), published_at(page)),
        image=card_address(page),
        authors=authors_of(page),
        topics=topics_of(page),
    )
