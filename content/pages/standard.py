from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from content.pages.base import BasePage, BodyMixin


class StandardPage(BodyMixin, BasePage):
    """A page of plain text: about, accessibility, privacy."""

    page_description = _("A page of text, such as about, privacy or the legal notice.")

    in_footer = models.BooleanField(_("link from every page's footer"), default=False)

    content_panels = [*BasePage.content_panels, *BodyMixin.body_panels]
    promote_panels = [*Page.promote_panels, FieldPanel("in_footer")]
    remembers_context = True
    template = "content/pages/standard.html"
    parent_page_types = ["content.HomePage", "content.StandardPage"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
