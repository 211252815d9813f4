from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from content.records.localized import LocalizedText, in_language


class Theme(ClusterableModel):
    """What a project works on; readers filter projects by it."""

    code = models.SlugField(
        _("code"), max_length=60, unique=True, help_text=_("Stands in addresses of filtered lists; never change it.")
    )
    name = models.CharField(_("name"), max_length=120, unique=True, help_text=_("In the site's main language."))

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
        InlinePanel("labels", heading=_("In other languages"), label=_("name")),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        found = in_language(self.labels.all()) if self.pk else None
        return found.text if found else self.name


class ThemeLabel(LocalizedText):
    """A theme's name in another language."""

    theme = ParentalKey(Theme, on_delete=models.CASCADE, related_name="labels")
    text = models.CharField(_("name"), max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "language"], name="one_theme_label_per_language")]
        verbose_name = _("theme label")
        verbose_name_plural = _("theme labels")

    def __str__(self) -> str:
        return self.text
