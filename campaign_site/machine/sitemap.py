"""The sitemap: every public page of every language, with its versions in the others. Large sites get an index."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page

from campaign_site.machine.addresses import absolute
from campaign_site.machine.reading import readable
from content.memory import same_for_everybody

# A file may hold 50,000 addresses and 50 MB; with twelve versions each, 5,000 stay well below.
FILE = 5_000
XML = "application/xml; charset=utf-8"


@dataclass(slots=True)
class Entry:
    """One page: where it is, when it changed, and the same page in each language."""

    location: str
    lastmod: datetime | None
    alternates: list[tuple[str, str]] = field(default_factory=list)


def pages() -> Any:
    """Public pages in tree order, with no more than the sitemap shows."""
    shown = ("pk", "url_path", "translation_key", "last_published_at", "latest_revision_created_at", "depth", "path")
    return readable(Page).filter(depth__gte=2).order_by("path").only(*shown, "locale__language_code")


def entries(listed: list[Page]) -> list[Entry]:
    """The pages with their versions; two queries, however many pages."""
    versions: dict[Any, dict[str, str]] = defaultdict(dict)
    for page in pages().filter(translation_key__in={page.translation_key for page in listed}):
        if page.full_url:
            versions[page.translation_key][page.locale.language_code] = page.full_url
    order = [code for code, _name in settings.LANGUAGES]
    return [
        Entry(
            page.full_url,
            page.last_published_at or page.latest_revision_created_at,
            with_default(versions[page.translation_key], order),
        )
        for page in listed
        if page.full_url
    ]


def with_default(versions: dict[str, str], order: list[str]) -> list[tuple[str, str]]:
    """Versions in the site's order, and the one for readers of any other language; empty with only one."""
    if len(versions) < 2:
        return []
    found = [(code, versions[code]) for code in order if code in versions]
    default = versions.get(settings.LANGUAGE_CODE) or found[0][1]
    return [*found, ("x-default", default)]


@require_safe
@conditional_page
@cache_control(public=True, max_age=600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The whole sitemap; where it would be too large, the list of its files."""
    same_for_everybody(request)
    files = Paginator(pages(), FILE)
    if files.num_pages == 1:
        return _urls(request, list(files.page(1)))
    locations = [absolute(reverse("sitemap-file", args=[number])) for number in files.page_range]
    return TemplateResponse(request, "machine/sitemap_index.xml", {"locations": locations}, content_type=XML)


@require_safe
@conditional_page
@cache_control(public=True, max_age=600)
def sitemap_file(request: HttpRequest, number: int) -> HttpResponse:
    """One file of a large sitemap."""
    same_for_everybody(request)
    files = Paginator(pages(), FILE)
    if number not in files.page_range:
        raise Http404
    return _urls(request, list(files.page(number)))


def _urls(request: HttpRequest, listed: list[Page]) -> HttpResponse:
    found = entries(listed)
    response = TemplateResponse(request, "machine/sitemap.xml", {"entries": found}, content_type=XML)
    newest = max((entry.lastmod for entry in found if entry.lastmod), default=None)
    if newest:
        response["Last-Modified"] = http_date(newest.timestamp())
    return response
