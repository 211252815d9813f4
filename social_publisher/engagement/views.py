"""The tracked link, followed by a reader."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from social_publisher.engagement.clicks import count_click, target_of
from social_publisher.engagement.door import LINK
from social_publisher.models import ShortLink

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Send the reader to the stored target and count the click. A link that has not gone out yet counts nothing."""
    links = ShortLink.objects.select_related("target_page", "channel", "post__campaign__rules")
    if "\0" in code:
        raise Http404("no link has such a code")
    link = get_object_or_404(links, code=code)
    target = target_of(link)
    if target is None:
        raise Http404("the page this link led to is gone")
    try:
        # An approver who tries a link beforehand is not counted.
        is_out = link.deliveries.filter(state="published").exists()
        if is_out and request.method == "GET":
            count_click(link.pk, request.META)
        if is_out:
            request.META[LINK] = link.pk
    except DatabaseError:
        logger.exception("a click could not be counted")
    response = HttpResponseRedirect(target)
    response["X-Robots-Tag"] = "noindex"
    return response
