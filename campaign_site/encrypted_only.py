"""What carries a key is not led from http to https: the key would have travelled in the open, and nobody would notice.

Pages are led on, as readers type addresses without https.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

# Programs send a key in a header, or have it in the address. /api/ itself is a page for readers.
FOR_PROGRAMS = ("/api/v1/", "/api/results/", "/calendar/")
WORDS = "This is answered by https alone. A key that was sent by http may have been read on its way: make a new one.\n"
# As Django's SECURE_REDIRECT_EXEMPT reads them.
EXEMPT = [f"^{path[1:]}" for path in FOR_PROGRAMS]


class EncryptedOnlyMiddleware:
    """Answers what Django does not lead on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse with 403, so that whoever set up the program mends its address."""
        if settings.SECURE_SSL_REDIRECT and not request.is_secure() and request.path.startswith(FOR_PROGRAMS):
            return HttpResponse(WORDS, status=403, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
