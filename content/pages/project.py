from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.blocks import ActivityBlock, ObjectiveBlock
from content.pages.around_project import around
from content.pages.base import BasePage, BodyMixin
from content.pages.own_language import in_own_language
from content.records import Project
from content.records.facts import ProjectFacts, facts_of


class ProjectPage(BodyMixin, BasePage):
    """A project as the public reads it: its prose here, its facts from the record."""

    page_description = _("A project's prose; its facts come from its record.")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="pages", verbose_name=_("project"))
    objectives = StreamField([("objective", ObjectiveBlock())], blank=True, verbose_name=_("objectives"))
    activities = StreamField([("activity", ActivityBlock())], blank=True, verbose_name=_("activities"))
    benefits = StreamField([("benefit", ObjectiveBlock(label=_("Benefit")))], blank=True, verbose_name=_("benefits"))

    countries_note = models.CharField(
        _("note on countries"), max_length=255, blank=True, help_text=_("What the list of countries cannot say.")
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel(
            "project",
            help_text=_(
                "Facts are the record's: funder, costs, dates, partners, countries, indicators. Edit them there, once."
            ),
        ),
        FieldPanel("countries_note"),
        *BodyMixin.body_panels,
        FieldPanel("objectives"),
        FieldPanel("activities", help_text=_("Activities or work packages, in their order.")),
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

    def funded_project_id(self) -> int | None:
        """The project itself."""
        return self.project_id

    @cached_property
    def facts(self) -> ProjectFacts:
        """Everything the record says, in the page's language. One query, once a request."""
        return facts_of(self.project_id, self.locale.language_code)

    def shown_addresses(self) -> set[str]:
        """Of partners, the funder, results, deliverables and links."""
        facts = self.facts
        outputs = [*facts.deliverables, *facts.results, *facts.links]
        grant = facts.record.grant
        found = {row.website for row in facts.partners} | {row.url for row in outputs}
        return found | ({grant.programme.funder.website} if grant else set())

    @cached_property
    def funded_project(self) -> Any:
        """The record with its funding, as the facts have it."""
        return self.facts.record if self.project_id else None

    @classmethod
    def for_cards(cls) -> PageQuerySet:
        """Return live project pages with everything a card shows, in menu order."""
        return (
            in_own_language(cls.objects.live())
            .select_related("project__grant__programme__funder", "image")
            .order_by("path")
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the record's facts, and the campaigns, news, events and publications about the project."""
        context = super().get_context(request, *args, **kwargs)
        self.project = self.facts.record
        context["facts"], context["project"] = self.facts, self.facts.record
        navigation = context["navigation"]
        context["around"] = {
            kind: [(navigation.address(row.url_path), row) for row in rows]
            for kind, rows in around(self.project_id, self.locale_id).items()
        }
        return context
