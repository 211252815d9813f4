from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.query import PageQuerySet

from content.pages.base import BasePage, BodyMixin, IndexPage
from content.records import Project


class NewsPage(BodyMixin, BasePage):
    """A piece of news, usually about a project."""

    date = models.DateField(_("date"), default=timezone.localdate)
    project = models.ForeignKey(
        Project, on_delete=models.SET_NULL, null=True, blank=True, related_name="news", verbose_name=_("project")
    )

    content_panels = [*BasePage.content_panels, FieldPanel("date"), FieldPanel("project"), *BodyMixin.body_panels]
    template = "content/pages/news.html"
    parent_page_types = ["content.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")

    @classmethod
    def for_cards(cls) -> PageQuerySet:
        """Return live news, newest first, with everything a card shows."""
        return cls.objects.live().select_related("project").order_by("-date", "-path")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page of the project the news is about, with its funding."""
        from content.pages.project import ProjectPage

        context = super().get_context(request, *args, **kwargs)
        if self.project_id:
            context["project_page"] = (
                ProjectPage.objects.live()
                .filter(project_id=self.project_id, locale_id=self.locale_id)
                .select_related("project__grant__programme__funder")
                .prefetch_related("project__grant__programme__statements")
                .first()
            )
        return context


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
