from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.records import Campaign
from social_publisher.models.channel import Channel


class Pause(models.Model):
    """Holds everything, one campaign or one channel until lifted. Kept for the record."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, null=True, blank=True, related_name="pauses")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, null=True, blank=True, related_name="pauses")
    reason = models.CharField(_("reason"), max_length=255)
    paused_at = models.DateTimeField()
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-paused_at"]
        constraints = [
            models.CheckConstraint(condition=Q(campaign=None) | Q(channel=None), name="a_pause_has_one_scope"),
            models.UniqueConstraint(
                fields=["campaign", "channel"],
                condition=Q(lifted_at=None),
                nulls_distinct=False,
                name="one_standing_pause_per_scope",
            ),
        ]
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")

    def __str__(self) -> str:
        return str(self.channel or self.campaign or _("Everything"))
