"""The pages a reader sees when something is not there or does not work."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import get_language, get_language_from_path
from wagtail.models import Page, Site

from campaign_site.observability.logs import request_id
from content.pages.navigation import ORDER


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 with ways on: the same address in other languages, the sections, the search."""
    return render(request, "404.html", {"elsewhere": same_address(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without a word of what went wrong inside, but with the request's id: an operator finds it in the log by that.

    It touches no database and runs no context processor.
    """
    language = get_language() or settings.LANGUAGE_CODE
    home = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    told = {"home": home, "language": language, "reference": request_id.get()}
    page = loader.get_template("500.html").render(told)
    return HttpResponse(page, status=500)


def same_address(request: HttpRequest) -> list[Page]:
    """Return the published pages of other languages that stand where this address leads, or would lead."""
    site = Site.find_for_request(request)
    if site is None or "\x00" in request.path:
        return []
    language = get_language_from_path(request.path) or settings.LANGUAGE_CODE
    rest = request.path.strip("/").removeprefix("" if language == settings.LANGUAGE_CODE else language).strip("/")
    if not rest:
        return []
    homes = site.root_page.get_translations(inclusive=True).values_list("url_path", flat=True)
    paths = [f"{home}{rest}/" for home in homes]
    keys = Page.objects.filter(url_path__in=paths).values("translation_key")
    others = Page.objects.live().public().filter(translation_key__in=keys, alias_of=None)
    found = others.exclude(locale__language_code=language).select_related("locale")
    return sorted(found, key=lambda page: ORDER.index(page.locale.language_code))
