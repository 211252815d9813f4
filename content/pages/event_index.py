from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path
from wagtail.query import PageQuerySet

from content.pages.addresses import addressed
from content.pages.base import IndexPage
from content.pages.calendar_response import calendar_response
from content.pages.event import EventPage
from content.pages.own_language import in_own_language
from content.pages.routed import RoutedPage

# A calendar that people subscribe to keeps what lately took place.
KEPT = timedelta(days=366)
MOST = 500


class EventIndexPage(RoutedPage, IndexPage):
    """All events: those ahead, and those that are over."""

    template = "content/pages/event_index.html"
    subpage_types = ["content.EventPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("event list")
        verbose_name_plural = _("event lists")

    def listed(self) -> PageQuerySet:
        """Events that are over, the latest first; they are many, and so they are paged."""
        return EventPage.past().child_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the events ahead, on the first page."""
        context = super().get_context(request, *args, **kwargs)
        listing, navigation = context["listing"], context["navigation"]
        listing.object_list = addressed(navigation, listing.object_list)
        coming = addressed(navigation, EventPage.coming().child_of(self)) if listing.number == 1 else []
        context["dated"] = [event for event in coming if event.starts_at]
        context["undated"] = [event for event in coming if not event.starts_at]
        return context

    @path("calendar/")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """All events with a date as one calendar, to subscribe to."""
        recent = models.Q(over_at__gt=timezone.now() - KEPT)
        events = in_own_language(EventPage.objects.live()).child_of(self).filter(recent).select_related("project")
        events = events.defer("body", "programme", "speakers", "materials").order_by("starts_at")[:MOST]
        entries = [entry for event in events if (entry := event.calendar_entry(request))]
        language = self.locale.language_code
        return calendar_response(request, entries, name=str(self.title), language=language, filename=str(self.slug))
