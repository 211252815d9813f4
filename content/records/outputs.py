"""What a project makes, what came of it, and where else it is described."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from content.records.localized import LocalizedText
from content.records.project import Project

IN_MAIN_LANGUAGE = _("In the site's main language.")


class Deliverable(ClusterableModel, Orderable):
    """Something the project hands over: a report, a tool, a platform. Not known to be delivered is empty."""

    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="deliverables")
    title = models.CharField(_("deliverable"), max_length=255, help_text=IN_MAIN_LANGUAGE)
    description = models.TextField(_("description"), max_length=600, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    url = models.URLField(_("address"), blank=True, help_text=_("Where a reader finds it, if it is public."))

    panels = [
        FieldPanel("title"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("due_on"), FieldPanel("delivered_on")]),
        FieldPanel("url"),
        InlinePanel("labels", heading=_("In other languages"), label=_("deliverable")),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")

    def __str__(self) -> str:
        return self.title


class DeliverableLabel(LocalizedText):
    """A deliverable's words in another language."""

    deliverable = ParentalKey(Deliverable, on_delete=models.CASCADE, related_name="labels")
    text = models.CharField(_("deliverable"), max_length=255)
    description = models.TextField(_("description"), max_length=600, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "language"], name="one_deliverable_label_per_language")
        ]
        verbose_name = _("deliverable label")
        verbose_name_plural = _("deliverable labels")

    def __str__(self) -> str:
        return self.text


class Result(ClusterableModel, Orderable):
    """What the project brought about. Nothing is a result without a source."""

    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="results")
    title = models.TextField(_("result"), max_length=600, help_text=IN_MAIN_LANGUAGE)
    source = models.CharField(_("source"), max_length=255, help_text=_("Who reported it, and where."))
    reported_on = models.DateField(_("as of"), null=True, blank=True)
    url = models.URLField(_("address of the source"), blank=True)

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("reported_on")]),
        FieldPanel("url"),
        InlinePanel("labels", heading=_("In other languages"), label=_("result")),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")

    def __str__(self) -> str:
        return self.title


class ResultLabel(LocalizedText):
    """A result's words in another language."""

    result = ParentalKey(Result, on_delete=models.CASCADE, related_name="labels")
    text = models.TextField(_("result"), max_length=600)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "language"], name="one_result_label_per_language")]
        verbose_name = _("result label")
        verbose_name_plural = _("result labels")

    def __str__(self) -> str:
        return self.text


class ProjectLink(ClusterableModel, Orderable):
    """A place outside this site that is about the project: its own site, its entry in a public register."""

    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="links")
    title = models.CharField(_("link text"), max_length=160, help_text=_("Say where it leads, in the main language."))
    url = models.URLField(_("address"))

    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("url")]),
        InlinePanel("labels", heading=_("In other languages"), label=_("link text")),
    ]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["project", "url"], name="one_link_per_address")]
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.title


class ProjectLinkLabel(LocalizedText):
    """A link's text in another language."""

    link = ParentalKey(ProjectLink, on_delete=models.CASCADE, related_name="labels")
    text = models.CharField(_("link text"), max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "language"], name="one_link_label_per_language")]
        verbose_name = _("link label")
        verbose_name_plural = _("link labels")

    def __str__(self) -> str:
        return self.text
