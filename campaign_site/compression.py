"""Smaller answers: text that Django makes is sent compressed."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from campaign_site.page_cache.encodings import TEXTS


class TextCompressionMiddleware(GZipMiddleware):
    """Compresses pages, feeds and answers of the API; pictures, documents and streams stay as they are.

    Django's own middleware hides the length of secrets (BREACH) with random padding; here it leaves alone what is
    compressed already.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress where it helps."""
        if response.streaming or not response.headers.get("Content-Type", "").startswith(TEXTS):
            return response
        return super().process_response(request, response)
