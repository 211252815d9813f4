"""What readers do on the site itself: reads of a campaign's pages and downloads of its files."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Page

from content.pages import CampaignPage
from social_publisher.engagement.readers import counts, network_of
from social_publisher.engagement.tally import tally

# How long a campaign's new page is not known yet.
SECONDS = 60.0
# Stands in the environment of a request that was counted as a read: what one more read of the same answer counts as.
READ = "social_publisher.read"


@dataclass(frozen=True, slots=True)
class Read:
    """A campaign's page that is read: both by their numbers, and the page's language."""

    campaign: int
    page: int
    language: str


class Places:
    """Where campaigns' pages stand in the tree, and which documents they offer: remembered for a while."""

    def __init__(self) -> None:
        self._until = 0.0
        self._paths: dict[str, int] = {}
        self._documents: dict[int, set[int]] = {}

    def campaign_of(self, path: str) -> int | None:
        """The campaign whose page this is, or stands below; None for any other page."""
        self._know()
        steps = range(len(path), 0, -Page.steplen)
        return next((self._paths[path[:end]] for end in steps if path[:end] in self._paths), None)

    def campaigns_with(self, document: int) -> set[int]:
        """The campaigns whose pages offer a document (its number) to download."""
        self._know()
        return self._documents.get(document, set())

    def _know(self) -> None:
        if self._until >= time.monotonic():
            return
        pages = list(CampaignPage.objects.only("path", "campaign_id", "downloads"))
        self._paths = {page.path: page.campaign_id for page in pages}
        documents: dict[int, set[int]] = {}
        for page in pages:
            for block in page.downloads.raw_data:
                documents.setdefault(block["value"]["document"], set()).add(page.campaign_id)
        self._documents = documents
        self._until = time.monotonic() + SECONDS

    def forget(self) -> None:
        """Look again next time."""
        self._until = 0.0


places = Places()


def count_read(page: Page, request: HttpRequest, *, is_kit: bool = False) -> None:
    """Count a read of a campaign's page, or (`is_kit`) a download of its press kit."""
    campaign = places.campaign_of(page.path)
    if campaign is None:
        return
    if is_kit:
        if _is_counted(request):
            tally.download(campaign, 0, _hour())
        return
    read = request.META[READ] = Read(campaign, page.pk, page.locale.language_code)
    if _is_counted(request):
        _count(read, request.META)


def count_again(read: Read, environ: Mapping[str, Any]) -> None:
    """Count a read that was answered without Django: by a reader without a session."""
    if counts(environ):
        _count(read, environ)


def _count(read: Read, environ: Mapping[str, Any]) -> None:
    network = network_of(environ.get("QUERY_STRING", ""), environ.get("HTTP_REFERER", ""))
    tally.read(read.campaign, read.page, _hour(), read.language, network)


def count_download(document: int, request: HttpRequest) -> None:
    """Count a download for every campaign whose page offers this document (its number)."""
    if _is_counted(request):
        for campaign in places.campaigns_with(document):
            tally.download(campaign, document, _hour())


def _is_counted(request: HttpRequest) -> bool:
    """A reader asks: neither staff, nor a program, nor somebody who is not to be counted."""
    if request.method != "GET" or not counts(request.META):
        return False
    return not (settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated)


def _hour() -> datetime:
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0)


def once_given(request: HttpRequest, count: Callable[[], None]) -> None:
    """Count when the answer turns out to be what was asked for: neither a refusal nor a page that is not there."""
    request._count_once_given = count  # type: ignore[attr-defined]


class CountingMiddleware:
    """Counts what was given. Stands outside of everything that may still refuse it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then count."""
        response = self.get_response(request)
        count = getattr(request, "_count_once_given", None)
        if count is not None and response.status_code == HTTPStatus.OK:
            count()
        return response
