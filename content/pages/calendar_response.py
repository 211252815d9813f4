from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from content.calendars.ical import Entry, calendar_file


def calendar_response(
    request: HttpRequest, entries: Iterable[Entry], *, name: str, language: str, filename: str
) -> HttpResponse:
    """Return a calendar file, or nothing new for a calendar program that has it already."""
    data = calendar_file(entries, name=name, language=language)
    etag = f'"{hashlib.sha256(data).hexdigest()}"'
    response = get_conditional_response(request, etag=etag)
    if not isinstance(response, HttpResponse):
        response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=900"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
