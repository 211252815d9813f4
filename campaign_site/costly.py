"""What costs much is asked for so many times a minute, and no more; over that it is told when to come again.

Counted by each process in its own memory: no address is written down, and a crowd costs no database anything.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from campaign_site.observability.refusals import noted
from content.contact.limits import address_of

SECONDS = 60
# By the address's name in the routes, or its namespace: which of settings.COSTLY bounds it.
BOUNDS: Mapping[str, str] = {
    "search": "search",
    "api": "programs",
    "results-campaigns": "programs",
    "results-campaign": "programs",
    "calendar-feed": "programs",
    "oembed": "programs",
    "social_results:report": "files",
    "social_results:archive": "files",
    "social_audit:csv": "files",
    "social_audit:jsonl": "files",
}
# Wagtail's lists make a table of all they show where this is asked.
EXPORT = "export"


class Tally:
    """Counts who asked within this minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._minute, self._counts = 0, Counter[tuple[str, str]]()

    def count(self, bound: str, who: str) -> int:
        """Count once more, and return how often that was."""
        minute = int(self._clock() // SECONDS)
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, Counter()
            self._counts[bound, who] += 1
            return self._counts[bound, who]

    def left(self) -> int:
        """Seconds until the minute is over."""
        return SECONDS - int(self._clock() % SECONDS)


tally = Tally()


class CostlyMiddleware:
    """Stands after all that tells who asks: staff are counted by person, everybody else by address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass it on; `process_view` looks at it."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponseBase | None:
        """Refuse with 429 what is one too many."""
        bound = bound_of(request)
        most = settings.COSTLY.get(bound, 0)
        if not most or tally.count(bound, _who(request, bound)) <= most:
            return None
        noted(request, f"more than {most} a minute ({bound})")
        response = _refusal(request, bound)
        response.headers["Retry-After"] = str(tally.left())
        response.headers["Cache-Control"] = "no-store"
        return response


def bound_of(request: HttpRequest) -> str:
    """Which bound of settings.COSTLY holds for a request; "" for none."""
    match = request.resolver_match
    if match is None:
        return ""
    if request.path.startswith("/admin/") and EXPORT in request.GET:
        return "files"
    return BOUNDS.get(match.view_name, BOUNDS.get(match.namespaces[0], "") if match.namespaces else "")


def _who(request: HttpRequest, bound: str) -> str:
    if bound == "files" and request.user.is_authenticated:
        return str(request.user.pk)
    return address_of(request)


def _refusal(request: HttpRequest, bound: str) -> HttpResponse:
    words = _("This was asked for very often within a minute. Wait a minute, then ask again.")
    if bound == "programs":
        return JsonResponse({"message": words}, status=HTTPStatus.TOO_MANY_REQUESTS)
    template = "429.html" if bound == "search" else "sign_in/wait.html"
    return render(request, template, {"words": words}, status=HTTPStatus.TOO_MANY_REQUESTS)
