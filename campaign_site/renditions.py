"""Renditions and accounts' pictures, as files. Originals, videos and documents go through views that know who may
have them."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

# A rendition's name changes with its image; browsers and caches in between need not ask for a month.
KEPT = "public, max-age=2592000"


def rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send the file. Raises Http404."""
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:
        # A name that is longer than any file's.
        raise Http404("there is no such picture") from error
    response.headers["Cache-Control"] = KEPT
    return response
