"""Documents, as files to keep: never shown inside the site, never run, never guessed at, private where they must be."""

from __future__ import annotations

import codecs

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from wagtail.documents.views.serve import serve
from wagtail.models import CollectionViewRestriction

from media.models import CampaignDocument

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
# Shared caches ask each time whether the file is still the one they have, and still public.
OPEN = "public, no-cache"
PRIVATE = "private, no-store"
# So much of a text shows which letters it is written with.
SAMPLE = 64 * 1024


def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Send the document to whoever may have it; Wagtail's own view asks who that is."""
    response: HttpResponseBase = serve(request, document_id, document_filename)
    found = CampaignDocument.objects.select_related("collection").filter(pk=document_id).first()
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    if isinstance(response, FileResponse) and found is not None:
        # Wagtail says "None" of a file that is not packed.
        del response.headers["Content-Encoding"]
        response.headers["Content-Type"] = _type_of(found)
    if found is None or _is_private(found):
        response.headers["Cache-Control"] = PRIVATE
        response.headers["X-Robots-Tag"] = "noindex"
    else:
        response.headers.setdefault("Cache-Control", OPEN)
    return response


def _type_of(document: CampaignDocument) -> str:
    """Its type, with the charset of a text. What is written in none of Unicode's is bytes: nobody knows its letters."""
    kind = str(document.content_type)
    if not kind.startswith("text/"):
        return kind
    with document.file.open("rb") as file:
        sample = file.read(SAMPLE)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return f"{kind}; charset=utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "application/octet-stream"
    return f"{kind}; charset=utf-8"


def _is_private(document: CampaignDocument) -> bool:
    """Whether its collection, or one above, says who may have it."""
    above = document.collection.get_ancestors(inclusive=True)
    return bool(CollectionViewRestriction.objects.filter(collection__in=above).exists())
