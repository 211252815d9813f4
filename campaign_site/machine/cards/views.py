"""Serves cards. What a receiver could not draw in time is drawn by the first who asks, and kept."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page

from campaign_site.machine.addresses import for_everybody
from campaign_site.machine.cards.address import card_address, card_digest
from campaign_site.machine.cards.store import draw, file_of

logger = logging.getLogger(__name__)
SECONDS = 24 * 60 * 60


@require_safe
@conditional_page
def card(request: HttpRequest, page_id: int, digest: str) -> HttpResponse:
    """A live, public page's card. An address of an older title or picture leads to the present one."""
    page = Page.objects.live().public().filter(pk=page_id).select_related("locale").first()
    if page is None:
        raise Http404
    page = page.specific
    if digest != card_digest(page):
        return HttpResponseRedirect(card_address(page))
    file = file_of(page_id, digest)
    try:
        if not file.exists():
            file = draw(page)
        data, changed = file.read_bytes(), file.stat().st_mtime
    except OSError as error:
        logger.warning("the card of page %s could not be drawn: %s", page_id, error)
        raise Http404 from error
    response = HttpResponse(data, content_type="image/jpeg")
    response["Last-Modified"] = http_date(changed)
    return for_everybody(response, SECONDS)
