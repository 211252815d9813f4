"""Django's last word on whether an answer is kept for other readers."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from content.memory import FOR_EVERYBODY

# Stands in the request's environment when the answer may be kept.
KEEP = "campaign_site.keep"
LARGEST = 2_000_000


class KeepMiddleware:
    """Outermost of all, so that it sees the answer as it leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then say whether it is for everybody."""
        response = self.get_response(request)
        if request.META.get(FOR_EVERYBODY) and is_for_everybody(response):
            request.META[KEEP] = True
        return response


def is_for_everybody(response: HttpResponseBase) -> bool:
    """Whether nothing in an answer is for one reader alone."""
    if response.status_code != HTTPStatus.OK or response.streaming or response.cookies:
        return False
    kept = response.headers.get("Cache-Control", "")
    if "no-store" in kept or "private" in kept or "cookie" in response.headers.get("Vary", "").lower():
        return False
    return len(response.content) <= LARGEST  # type: ignore[attr-defined]
