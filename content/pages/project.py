from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.blocks import ActivityBlock, ObjectiveBlock
from content.pages.base import BasePage, BodyMixin, IndexPage
from content.pages.campaign import CampaignPage
from content.pages.event import EventPage
from content.pages.news import NewsPage
from content.pages.related import with_funding
from content.records import Participation, Project


class ProjectPage(BodyMixin, BasePage):
    """A project as the public reads it: its prose here, its facts from the record."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="pages", verbose_name=_("project"))
    objectives = StreamField([("objective", ObjectiveBlock())], blank=True, verbose_name=_("objectives"))
    activities = StreamField([("activity", ActivityBlock())], blank=True, verbose_name=_("activities"))
    benefits = StreamField([("benefit", ObjectiveBlock(label=_("Benefit")))], blank=True, verbose_name=_("benefits"))

    countries_note = models.CharField(
        _("note on countries"), max_length=255, blank=True, help_text=_("What the list of countries cannot say.")
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("project"),
        FieldPanel("countries_note"),
        *BodyMixin.body_panels,
        FieldPanel("objectives"),
        FieldPanel("activities"),
        FieldPanel("benefits"),
    ]
    remembers_context = True
    template = "content/pages/project.html"
    parent_page_types = ["content.ProjectIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [SynchronizedField("project", overridable=False)]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("objectives"),
        index.SearchField("activities"),
    ]

    class Meta:
        verbose_name = _("project page")
        verbose_name_plural = _("project pages")

    @property
    def name_without_acronym(self) -> str:
        """The title in the page's language, without the acronym that may stand before it."""
        acronym, title = self.project.acronym, str(self.title)
        return title.removeprefix(f"{acronym}:").strip() if acronym else title

    def clean(self) -> None:
        """A project has one page in a language."""
        super().clean()
        others = ProjectPage.objects.filter(project_id=self.project_id, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.project_id and others.exists():
            raise ValidationError({"project": _("This project has a page in this language already. Edit that one.")})

    @classmethod
    def for_cards(cls) -> PageQuerySet:
        """Return live project pages with everything a card shows, in menu order."""
        return cls.objects.live().select_related("project__grant__programme__funder", "image").order_by("path")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the record with all its facts, its campaigns' pages, its news and its events."""
        context = super().get_context(request, *args, **kwargs)
        project = (
            with_funding()
            .prefetch_related(
                models.Prefetch("participations", Participation.objects.select_related("partner__country")),
                "indicators__labels",
                "countries",
            )
            .get(pk=self.project_id)
        )
        context["project"] = self.project = project
        context["countries"] = sorted(project.countries.all(), key=lambda country: country.name)
        here = {"locale_id": self.locale_id}
        context["campaign_pages"] = CampaignPage.objects.live().filter(campaign__project=project, **here)
        context["news_pages"] = NewsPage.for_cards().filter(project=project, **here)[:3]
        context["event_pages"] = EventPage.objects.live().filter(project=project, **here)
        return context


class ProjectIndexPage(IndexPage):
    """All projects."""

    template = "content/pages/project_index.html"
    subpage_types = ["content.ProjectPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("project list")
        verbose_name_plural = _("project lists")

    def listed(self) -> PageQuerySet:
        """Every project, in the order staff gave them."""
        return ProjectPage.for_cards().child_of(self)
