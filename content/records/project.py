from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from content.records.country import Country
from content.records.funding import Grant
from content.records.partner import Partner


class Project(ClusterableModel):
    """A project's facts, after the fields keep.eu and CORDIS publish. Unknown stays empty and is not shown."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        CLOSED = "closed", _("Closed")

    class CountryRole(models.TextChoices):
        COVERED = "covered", _("Countries covered")
        BENEFICIARY = "beneficiary", _("Beneficiary countries")
        PARTICIPANT = "participant", _("Participating countries")

    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=255, unique=True)
    alternative_name = models.CharField(_("also listed as"), max_length=255, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, blank=True)
    grant = models.ForeignKey(
        Grant, on_delete=models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("grant")
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField(_("duration in months"), null=True, blank=True)
    country_role = models.CharField(
        _("the countries are"), max_length=12, choices=CountryRole.choices, default=CountryRole.COVERED
    )
    countries = ParentalManyToManyField(Country, blank=True, related_name="projects", verbose_name=_("countries"))

    panels = [
        FieldRowPanel([FieldPanel("acronym"), FieldPanel("status")]),
        FieldPanel("name"),
        FieldPanel("alternative_name"),
        FieldPanel("grant"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("duration_months")]),
        MultiFieldPanel([FieldPanel("country_role"), FieldPanel("countries")], heading=_("Countries")),
        InlinePanel("participations", heading=_("Partners"), label=_("partner")),
        InlinePanel("indicators", heading=_("Indicators"), label=_("indicator")),
    ]

    class Meta:
        ordering = ["acronym", "name"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self) -> str:
        return self.acronym or self.name

    def clean(self) -> None:
        """A project does not end before it starts."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end is before the start. Correct one of the two dates.")})


class Participation(Orderable):
    """A partner's role in a project."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        PARTNER = "partner", _("Partner")
        BENEFICIARY = "beneficiary", _("Beneficiary")
        ASSOCIATE = "associate", _("Works with the project")

    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="participations")
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="participations", verbose_name=_("partner")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.PARTNER)

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["project", "partner"], name="one_role_per_partner_and_project")]
        verbose_name = _("participation")
        verbose_name_plural = _("participations")

    def __str__(self) -> str:
        return f"{self.partner} ({self.get_role_display()})"
