from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from content.records.localized import LocalizedText, in_language


class Series(ClusterableModel):
    """News or publications that belong together, in an order."""

    name = models.CharField(_("name"), max_length=160, unique=True, help_text=_("In the site's first language."))
    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("Stands in the series' address; never change it.")
    )
    parts = models.PositiveSmallIntegerField(
        _("number of parts"),
        null=True,
        blank=True,
        help_text=_("How many there will be. Leave it empty if that is open."),
    )

    # The pages that are its parts, of rooms above.
    newspages: Any
    resourcepages: Any

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("parts")]),
        InlinePanel("names", heading=_("In other languages"), label=_("name")),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """There are no fewer parts than pages say."""
        super().clean()
        if self.pk and self.parts:
            kinds = (self.newspages, self.resourcepages)
            last = max(pages.aggregate(last=Max("series_part", default=0))["last"] for pages in kinds)
            if last > self.parts:
                text = _("A page is part %(part)d of it. Choose a number that is not smaller.")
                raise ValidationError({"parts": text % {"part": last}})

    @property
    def text(self) -> str:
        """The name in the active language, else as entered."""
        found = in_language(self.names.all())
        return found.text if found else self.name


class SeriesName(LocalizedText):
    """A series' name in another language."""

    series = ParentalKey(Series, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("name"), max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "language"], name="one_series_name_per_language")]
        verbose_name = _("series name")
        verbose_name_plural = _("series names")

    def __str__(self) -> str:
        return self.text
