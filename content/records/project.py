from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Orderable

from content.records.country import Country
from content.records.entering import EnteringForm
from content.records.funding import Grant
from content.records.partner import Partner
from content.records.theme import Theme


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
    alternative_name = models.CharField(
        _("also listed as"), max_length=255, blank=True, help_text=_("Another heading under which registers list it.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, blank=True, help_text=_("Empty while it is not known.")
    )
    grant = models.ForeignKey(
        Grant, on_delete=models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("grant")
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField(
        _("duration in months"), null=True, blank=True, help_text=_("Known even where the dates are not.")
    )
    country_role = models.CharField(
        _("the countries are"), max_length=12, choices=CountryRole.choices, default=CountryRole.COVERED
    )
    countries = ParentalManyToManyField(Country, blank=True, related_name="projects", verbose_name=_("countries"))
    themes = ParentalManyToManyField(Theme, blank=True, related_name="projects", verbose_name=_("themes"))

    about_panels = [
        FieldRowPanel([FieldPanel("acronym"), FieldPanel("status")]),
        FieldPanel("name"),
        FieldPanel("alternative_name"),
        FieldPanel("themes"),
        FieldPanel(
            "grant", help_text=_("Call, reference and costs are the grant's. The programme says how to name it.")
        ),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("duration_months")]),
    ]
    place_panels = [
        MultiFieldPanel([FieldPanel("country_role"), FieldPanel("countries")], heading=_("Countries")),
        InlinePanel("participations", heading=_("Partners"), label=_("partner")),
    ]
    progress_panels = [
        InlinePanel(
            "indicators",
            heading=_("Indicators"),
            label=_("indicator"),
            help_text=_(
                "Leave what was reached empty until it is reported: readers then see “not reported”, not zero."
            ),
        ),
        InlinePanel("milestones", heading=_("Timeline"), label=_("milestone")),
        InlinePanel("deliverables", heading=_("Deliverables"), label=_("deliverable")),
        InlinePanel("results", heading=_("Results"), label=_("result")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(about_panels, heading=_("About")),
            ObjectList(place_panels, heading=_("Countries and partners")),
            ObjectList(progress_panels, heading=_("Progress")),
            ObjectList([InlinePanel("links", heading=_("Links"), label=_("link"))], heading=_("Links")),
        ],
        base_form_class=EnteringForm,
    )

    class Meta:
        ordering = ["acronym", "name"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self) -> str:
        return self.acronym or self.name

    def clean(self) -> None:
        """A project does not end before it starts, and its funder can be named as the funder asks."""
        super().clean()
        if self.grant is not None and self.grant.programme.statement is None:
            text = _("The programme “%(programme)s” has no funding statement. Add one to the programme first.")
            raise ValidationError({"grant": text % {"programme": self.grant.programme}})
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
