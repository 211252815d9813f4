from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from content.records.localized import LocalizedText
from content.records.project import Project


class Milestone(ClusterableModel, Orderable):
    """A point in a project's time: by date, as exactly as it is known, or by the project's year."""

    class Precision(models.TextChoices):
        DAY = "day", _("Day")
        MONTH = "month", _("Month")
        YEAR = "year", _("Year")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        REACHED = "reached", _("Reached")

    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=255, help_text=_("In the site's main language."))
    date = models.DateField(_("date"), null=True, blank=True)
    precision = models.CharField(
        _("known to the"),
        max_length=5,
        choices=Precision.choices,
        default=Precision.DAY,
        help_text=_("Readers see the date only as exactly as this."),
    )
    project_year = models.PositiveSmallIntegerField(
        _("year of the project"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("1 for the first year. For milestones whose date is not known."),
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, blank=True, help_text=_("Empty while nobody has reported it.")
    )

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("precision")]),
        FieldRowPanel([FieldPanel("project_year"), FieldPanel("state")]),
        InlinePanel("labels", heading=_("In other languages"), label=_("milestone")),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(date__isnull=False) | models.Q(project_year__isnull=False),
                name="a_milestone_has_a_time",
                violation_error_message=_("Enter the milestone's date, or the year of the project it falls in."),
            ),
        ]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """A milestone stands somewhere in time."""
        super().clean()
        if self.date is None and self.project_year is None:
            raise ValidationError({"date": _("Enter the milestone's date, or the year of the project it falls in.")})


class MilestoneLabel(LocalizedText):
    """A milestone's words in another language."""

    milestone = ParentalKey(Milestone, on_delete=models.CASCADE, related_name="labels")
    text = models.CharField(_("milestone"), max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["milestone", "language"], name="one_milestone_label_per_language")
        ]
        verbose_name = _("milestone label")
        verbose_name_plural = _("milestone labels")

    def __str__(self) -> str:
        return self.text
