from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.pages.base import BasePage, BodyMixin, IndexPage
from content.pages.related import AboutProject


class NewsPage(AboutProject, BodyMixin, BasePage):
    """A piece of news, usually about a project."""

    date = models.DateField(_("date"), default=timezone.localdate)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("date"),
        *AboutProject.project_panels,
        *BodyMixin.body_panels,
    ]
    remembers_context = True
    template = "content/pages/news.html"
    parent_page_types = ["content.NewsIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [*AboutProject.project_fields, SynchronizedField("date", overridable=False)]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")

    @classmethod
    def for_cards(cls) -> PageQuerySet:
        """Return live news, newest first, with everything a card shows."""
        return cls.objects.live().select_related("project").order_by("-date", "-path")


class NewsIndexPage(IndexPage):
    """All news, newest first."""

    template = "content/pages/news_index.html"
    subpage_types = ["content.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def listed(self) -> PageQuerySet:
        """Every piece of news, newest first."""
        return NewsPage.for_cards().child_of(self)
