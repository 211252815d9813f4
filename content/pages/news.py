from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.pages.around import RELATED, read_around
from content.pages.base import BasePage, BodyMixin
from content.pages.own_language import in_own_language
from content.pages.related import AboutProject
from content.pages.series import PartOfSeries
from content.records import Author, Topic


class NewsPage(PartOfSeries, AboutProject, BodyMixin, BasePage):
    """A piece of news, usually about a project."""

    page_description = _("A piece of news, usually about a project.")

    date = models.DateField(_("date"), default=timezone.localdate)
    topics = ParentalManyToManyField(Topic, blank=True, related_name="news", verbose_name=_("topics"))
    update_note = models.CharField(
        _("what changed"),
        max_length=200,
        blank=True,
        help_text=_("After a change that readers should know of: one sentence, shown beside the date of the change."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("date"),
        FieldPanel("update_note"),
        InlinePanel("bylines", heading=_("Authors"), label=_("author")),
        FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
        *AboutProject.project_panels,
        *PartOfSeries.series_panels,
        *BodyMixin.body_panels,
        MultiFieldPanel(
            [InlinePanel("related_news", label=_("related news"), max_num=RELATED)],
            heading=_("Related news"),
            help_text=_("Free places are filled with news of the same topics and project."),
            classname="collapsed",
        ),
    ]
    remembers_context = True
    template = "content/pages/news.html"
    parent_page_types = ["content.NewsIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *AboutProject.project_fields,
        *PartOfSeries.series_fields,
        SynchronizedField("date", overridable=False),
        SynchronizedField("topics", overridable=False),
        SynchronizedField("bylines", overridable=False),
        SynchronizedField("related_news", overridable=False),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")

    @classmethod
    def for_cards(cls) -> PageQuerySet:
        """Return live news, newest first, with everything a card shows."""
        return in_own_language(cls.objects.live()).select_related("project").order_by("-date", "-path")

    @cached_property
    def authors(self) -> list[Author]:
        """Who signs it, in order."""
        return [byline.author for byline in self.bylines.select_related("author")]

    @property
    def updated_at(self) -> datetime | None:
        """When it was last published, if that was after it was first published."""
        first, last = self.first_published_at, self.last_published_at
        return last if first and last and last > first else None

    @property
    def updated_on_a_later_day(self) -> bool:
        """Whether the day of the change says enough; on the day itself readers want the time."""
        updated = self.updated_at
        return updated is not None and _day(updated) > self.date

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add authors, topics, the place in its series, and related news."""
        context = super().get_context(request, *args, **kwargs)
        navigation = context["navigation"]
        around = read_around(self, preview=bool(getattr(request, "is_preview", False)))
        context["around"] = around
        context["place"] = around.place(self.series_part)
        context["related"] = [{"mention": found, "address": navigation.address(found.path)} for found in around.related]
        context["parts"] = [{"mention": found, "address": navigation.address(found.path)} for found in around.parts]
        context["news_address"] = navigation.address(self.url_path).removesuffix(f"{self.slug}/")
        return context


class Byline(Orderable):
    """An author's name on a piece of news."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="bylines", verbose_name=_("author"))

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "author"], name="an_author_signs_once")]
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")

    def __str__(self) -> str:
        return str(self.author)


class RelatedNews(Orderable):
    """Another piece of news that an editor chose; readers get it in their own language."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related_news")
    related = models.ForeignKey(NewsPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("news"))

    panels = [PageChooserPanel("related", "content.NewsPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("related news")
        verbose_name_plural = _("related news")

    def __str__(self) -> str:
        return str(self.related)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
