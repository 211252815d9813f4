from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from content.records.localized import LocalizedText, in_language
from content.records.project import Project


class Indicator(ClusterableModel, Orderable):
    """What a project promised to reach, and how far it is. An empty actual value means "not reported", never 0."""

    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="indicators")
    code = models.SlugField(_("code"), max_length=60, help_text=_("A short name that never changes."))
    label = models.CharField(_("label"), max_length=255)
    baseline = models.IntegerField(_("baseline"), null=True, blank=True)
    target = models.IntegerField(_("target"), null=True, blank=True)
    target_is_approximate = models.BooleanField(_("the target is approximate"), default=False)
    actual = models.IntegerField(_("reached so far"), null=True, blank=True)
    source = models.CharField(
        _("source"), max_length=255, blank=True, help_text=_("Where the reached value comes from.")
    )
    reported_on = models.DateField(_("as of"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    entered_name = models.CharField(max_length=255, blank=True, editable=False)
    entered_at = models.DateTimeField(null=True, editable=False)

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("label")]),
        FieldRowPanel([FieldPanel("target"), FieldPanel("target_is_approximate"), FieldPanel("baseline")]),
        FieldRowPanel([FieldPanel("actual"), FieldPanel("reported_on")]),
        FieldPanel("source"),
        InlinePanel("labels", heading=_("In other languages"), label=_("label")),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="one_indicator_per_code"),
            models.CheckConstraint(
                condition=models.Q(actual__isnull=True) | ~models.Q(source=""), name="a_reached_value_has_a_source"
            ),
        ]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return self.label

    @property
    def text(self) -> str:
        """The label in the active language, else as entered."""
        found = in_language(self.labels.all())
        return found.text if found else self.label


class IndicatorLabel(LocalizedText):
    """An indicator's label in another language."""

    indicator = ParentalKey(Indicator, on_delete=models.CASCADE, related_name="labels")
    text = models.CharField(_("label"), max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "language"], name="one_label_per_language")]
        verbose_name = _("indicator label")
        verbose_name_plural = _("indicator labels")

    def __str__(self) -> str:
        return self.text
