"""Screens of signing in speak the language that somebody chose for the desk, and not their browser's."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

ROOM = "/admin/sign-in/"


class ChosenLanguageMiddleware:
    """Wagtail does the same for its own screens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in it, where there is one."""
        if not request.path.startswith(ROOM) or not request.user.is_authenticated:
            return self.get_response(request)
        profile = getattr(request.user, "wagtail_userprofile", None)
        chosen = profile.preferred_language if profile else ""
        if not chosen:
            return self.get_response(request)
        with translation.override(chosen):
            response = self.get_response(request)
            if hasattr(response, "render"):
                response.render()
            return response
