from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.pages.base import BasePage, BodyMixin, IndexPage
from content.pages.related import AboutProject


class EventPage(AboutProject, BodyMixin, BasePage):
    """A conference or other event. A date that is not known stays empty and is shown as not announced."""

    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=255, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("place"),
        *AboutProject.project_panels,
        *BodyMixin.body_panels,
    ]
    remembers_context = True
    template = "content/pages/event.html"
    parent_page_types = ["content.EventIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *AboutProject.project_fields,
        SynchronizedField("starts_at", overridable=False),
        SynchronizedField("ends_at", overridable=False),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")

    def clean(self) -> None:
        """An event does not end before it starts."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The end is before the start. Correct one of the two dates.")})


class EventIndexPage(IndexPage):
    """All events."""

    template = "content/pages/event_index.html"
    subpage_types = ["content.EventPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("event list")
        verbose_name_plural = _("event lists")

    def listed(self) -> PageQuerySet:
        """Newest first; events without a date come first of all."""
        newest = models.F("starts_at").desc(nulls_first=True)
        return EventPage.objects.live().child_of(self).select_related("project").order_by(newest)
