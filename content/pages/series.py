from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from content.records import Series


class PartOfSeries(models.Model):
    """A page that may be a numbered part of a series."""

    series = models.ForeignKey(
        Series,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("series"),
    )
    series_part = models.PositiveSmallIntegerField(
        _("part"), null=True, blank=True, help_text=_("1 for the first. Every part has another number.")
    )

    series_panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("series"), FieldPanel("series_part")])],
            heading=_("Series"),
            classname="collapsed",
        )
    ]
    series_fields = [
        SynchronizedField("series", overridable=False),
        SynchronizedField("series_part", overridable=False),
    ]

    locale_id: int

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A part has a number, and no two parts have the same."""
        super().clean()
        if self.series_id and not self.series_part:
            raise ValidationError({"series_part": _("Say which part of the series this is.")})
        if self.series_part and not self.series_id:
            raise ValidationError({"series": _("Choose the series that this is a part of, or remove the number.")})
        if self.series_id and self._others().exists():
            raise ValidationError({"series_part": _("Another page is this part of the series. Choose another number.")})

    def beyond_its_series(self) -> ValidationError | None:
        """What is wrong with a part that there is not. Said in the editor alone: it keeps no page from its time."""
        parts = self.series.parts if self.series else None
        if not parts or not self.series_part or self.series_part <= parts:
            return None
        text = _("The number of its parts is %(parts)d. Choose another number, or correct the series.")
        return ValidationError(text, params={"parts": parts})

    def _others(self) -> models.QuerySet[Any]:
        pages: Any = type(self)._default_manager
        same: models.QuerySet[Any] = pages.filter(series=self.series_id, series_part=self.series_part)
        return same.filter(locale=self.locale_id).exclude(pk=self.pk)
