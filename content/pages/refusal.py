"""Tells staff why a page was not published, whichever screen of the admin they published it from."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from content.pages.refused import RefusedError


class RefusalMiddleware:
    """Turns a refused publication into a message on the page's own editor; whatever was begun is undone by then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for the exceptions that are ours, and only in the admin."""
        if not isinstance(exception, RefusedError) or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        messages.error(request, " ".join(exception.messages))
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[exception.page.pk]))
