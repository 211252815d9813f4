"""Full addresses of our own endpoints, and who may embed what they answer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override


def absolute(path: str) -> str:
    """The public address of a path of this site; never taken from a request's own host."""
    return f"{settings.PUBLIC_BASE_URL}{path}"


def address(name: str, *args: Any, language: str | None = None) -> str:
    """The public address of a named view, in a language where it has one a language."""
    if language is None:
        return absolute(reverse(name, args=args))
    with override(language):
        return absolute(reverse(name, args=args))


def for_everybody(response: HttpResponse, max_age: int) -> HttpResponse:
    """Let pages of any other site read the response, and let caches keep it for so many seconds."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={max_age}"
    return response
