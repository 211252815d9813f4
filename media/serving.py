"""Documents, as files to keep: never shown inside the site, never run, never guessed at, private where they must be."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.documents.views.serve import serve
from wagtail.models import CollectionViewRestriction

from media.models import CampaignDocument

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
# Shared caches ask each time whether the file is still the one they have, and still public.
OPEN = "public, no-cache"
PRIVATE = "private, no-store"


def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Send the document to whoever may have it; Wagtail's own view asks who that is."""
    response: HttpResponseBase = serve(request, document_id, document_filename)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    if _is_private(document_id):
        response.headers["Cache-Control"] = PRIVATE
        response.headers["X-Robots-Tag"] = "noindex"
    else:
        response.headers.setdefault("Cache-Control", OPEN)
    return response


def _is_private(document_id: int) -> bool:
    """Whether its collection, or one above, says who may have it."""
    document = CampaignDocument.objects.select_related("collection").filter(pk=document_id).first()
    if document is None:
        return True
    above = document.collection.get_ancestors(inclusive=True)
    return bool(CollectionViewRestriction.objects.filter(collection__in=above).exists())
