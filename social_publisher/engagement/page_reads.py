"""Reads of a campaign's pages: its own page, and what stands below it."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from content.pages import CampaignPage
from social_publisher.engagement.readers import counts, network_of
from social_publisher.engagement.tally import tally

# How long a campaign's new page is not known yet.
SECONDS = 60.0


class Places:
    """Where campaigns' pages stand in the tree: remembered for a while."""

    def __init__(self) -> None:
        self._until = 0.0
        self._paths: dict[str, int] = {}

    def campaign_of(self, path: str) -> int | None:
        """The campaign whose page this is, or stands below; None for any other page."""
        if self._until < time.monotonic():
            self._paths = dict(CampaignPage.objects.values_list("path", "campaign_id"))
            self._until = time.monotonic() + SECONDS
        steps = range(len(path), 0, -Page.steplen)
        return next((self._paths[path[:end]] for end in steps if path[:end] in self._paths), None)

    def forget(self) -> None:
        """Look again next time."""
        self._until = 0.0


places = Places()


def count_read(page: Page, request: HttpRequest) -> None:
    """Count a read of a campaign's page, unless staff reads it, or somebody who is not to be counted."""
    if request.method != "GET" or not counts(request.META):
        return
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return
    campaign = places.campaign_of(page.path)
    if campaign is not None:
        hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        network = network_of(request.META.get("QUERY_STRING", ""), request.headers.get("Referer", ""))
        tally.read(campaign, page.pk, hour, page.locale.language_code, network)
