"""What stands in a page's head for programs: addresses, versions, feeds, the card, linked data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaign_site.machine.addresses import absolute
from campaign_site.machine.cards.address import card_address
from campaign_site.machine.linked_data.graph import as_script, graph_of
from campaign_site.machine.reading import (
    OPEN_GRAPH_LOCALES,
    UNKNOWN,
    language_of,
    published_at,
    summary_of,
    updated_at,
)
from campaign_site.machine.sections import section_of
from content.pages import CampaignPage, NewsPage


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed a page names, in both of its forms."""

    title: str
    atom: str
    json: str


@dataclass(frozen=True, slots=True)
class Meta:
    """Everything the head says about one page."""

    canonical: str
    title: str
    description: str
    kind: str
    locale: str
    other_locales: list[str]
    image: str
    image_alt: str
    published: str
    modified: str
    oembed: str
    linked_data: SafeString
    versions: list[tuple[str, str]] = field(default_factory=list)
    feeds: list[FeedLink] = field(default_factory=list)


def meta_of(page: Page, context: Mapping[str, Any]) -> Meta | None:
    """The head of a saved page with an address; None for anything else, such as a preview of a new page."""
    url = page.full_url if page.pk else None
    if not url:
        return None
    navigation, below = context["navigation"], context.get("below")
    language = language_of(page)
    tail = below.tail if below else ""
    versions = [(link.code, link.url + tail) for link in navigation.languages]
    if below and not below.in_all_languages:
        versions = []
    default = next((link for code, link in versions if code == "en"), versions[0][1] if versions else "")
    trail = [(_("Home") if first else link.title, _full(link.url)) for first, link in _numbered(navigation.breadcrumbs)]
    trail.append((page.title, url))
    if below:
        trail.append((below.title, url + tail))
    is_news = isinstance(page, NewsPage)
    return Meta(
        canonical=url + tail + _page_of_list(context),
        title=below.title if below else page.seo_title or page.title,
        description=below.summary if below else page.search_description or summary_of(page),
        kind="article" if is_news else "website",
        locale=OPEN_GRAPH_LOCALES.get(language, language),
        other_locales=[OPEN_GRAPH_LOCALES.get(code, code) for code, _url in versions if code != language],
        image=card_address(page),
        image_alt=_("%(title)s, in large letters, with the name of SELEC.") % {"title": page.title},
        published=published_at(page).isoformat(timespec="seconds") if is_news and published_at(page) > UNKNOWN else "",
        modified=updated_at(page).isoformat(timespec="seconds") if is_news and updated_at(page) > UNKNOWN else "",
        oembed="" if below else f"{absolute(reverse('oembed'))}?{urlencode({'url': url})}",
        linked_data=as_script(graph_of(page, context, trail)),
        versions=[*versions, ("x-default", default)] if versions else [],
        feeds=_feeds(page, context),
    )


def _numbered(links: list[Any]) -> list[tuple[bool, Any]]:
    return [(number == 0, link) for number, link in enumerate(links)]


def _full(url: str) -> str:
    return url if "://" in url else absolute(url)


def _page_of_list(context: Mapping[str, Any]) -> str:
    """A later page of a list is a page of its own; its filters are not."""
    number = getattr(context.get("listing"), "number", 1)
    return f"?page={number}" if number and number > 1 else ""


def _feeds(page: Page, context: Mapping[str, Any]) -> list[FeedLink]:
    """Everything new; the section's feed in a section; a campaign's own on its page."""
    found = [_feed(_("SELEC campaigns"), "feed", "all")]
    section = section_of(page)
    if section:
        found.append(_feed(_("SELEC campaigns: %(section)s") % {"section": section.title}, "feed", section.name))
    if isinstance(page, CampaignPage):
        record = context.get("campaign") or page.campaign
        found.append(_feed(_("SELEC campaigns: %(section)s") % {"section": page.title}, "campaign-feed", record.code))
    return found


def _feed(title: str, view: str, name: str) -> FeedLink:
    return FeedLink(title, *_feed_paths(view, name, get_language() or "en"))


@lru_cache(maxsize=1024)
def _feed_paths(view: str, name: str, language: str) -> tuple[str, str]:
    return reverse(view, args=[name, "atom"]), reverse(view, args=[name, "json"])
