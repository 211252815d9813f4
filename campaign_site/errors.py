"""The pages a reader sees when something is not there or does not work."""

from __future__ import annotations

import errno
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import get_language, get_language_from_path
from psycopg.errors import DiskFull
from wagtail.models import Page, Site

from content.pages.navigation import ORDER
from social_publisher.approval.request_id import request_id

RETRY_SECONDS = 30


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 with ways on: the same address in other languages, the sections, the search."""
    return render(request, "404.html", {"elsewhere": same_address(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without a word of what went wrong inside, but with the request's id: an operator finds it in the log by that.

    It touches no database and runs no context processor.
    """
    language = get_language() or settings.LANGUAGE_CODE
    home = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    trouble = trouble_of(sys.exc_info()[1])
    told = {"home": home, "language": language, "reference": request_id.get(), "trouble": trouble}
    response = HttpResponse(loader.get_template("500.html").render(told), status=503 if trouble else 500)
    if trouble:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        response.headers["Cache-Control"] = "no-store"
    return response


def trouble_of(error: BaseException | None) -> str:
    """What passes by itself or by an operator's hand: "database" while it is away, "disk" when it is full; else "".

    It is looked for among the causes too: what failed may have been wrapped on its way.
    """
    while error is not None:
        if getattr(error, "errno", None) == errno.ENOSPC or isinstance(error.__cause__, DiskFull):
            return "disk"
        if isinstance(error, (OperationalError, InterfaceError)):
            return "database"
        error = error.__cause__ or error.__context__
    return ""


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
