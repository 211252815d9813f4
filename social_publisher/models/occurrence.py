from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from social_publisher.models.planning import Series
from social_publisher.models.post import Post


class Occurrence(models.Model):
    """One day of a series and its post. It outlives the post, so that a deleted one is not made again."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="occurrences")
    day = models.DateField(_("day"), help_text=_("In the series' time zone."))
    post = models.OneToOneField(Post, on_delete=models.SET_NULL, null=True, related_name="occurrence")

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["series", "day"], name="one_occurrence_per_day_of_a_series")]
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")

    def __str__(self) -> str:
        return f"{self.series} {self.day:%Y-%m-%d}"
