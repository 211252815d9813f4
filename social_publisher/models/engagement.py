from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from social_publisher.models.delivery import Delivery
from social_publisher.models.short_link import ShortLink


class ClickHour(models.Model):
    """Clicks on one short link in one hour (UTC), by the reader's language. No person is in it."""

    short_link = models.ForeignKey(ShortLink, on_delete=models.PROTECT, related_name="clicks")
    hour = models.DateTimeField()
    language = models.CharField(max_length=10, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["short_link", "hour", "language"], name="one_count_per_hour")]
        verbose_name = _("clicks in an hour")
        verbose_name_plural = _("clicks in an hour")

    def __str__(self) -> str:
        return f"{self.short_link} {self.hour:%Y-%m-%d %H}h: {self.count}"


class EngagementSnapshot(models.Model):
    """What a network told about a delivery at a moment (UTC). Empty is "not told", never 0."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="snapshots")
    taken_at = models.DateTimeField()
    impressions = models.PositiveBigIntegerField(null=True, blank=True)
    likes = models.PositiveBigIntegerField(null=True, blank=True)
    reposts = models.PositiveBigIntegerField(null=True, blank=True)
    replies = models.PositiveBigIntegerField(null=True, blank=True)
    quotes = models.PositiveBigIntegerField(null=True, blank=True)
    bookmarks = models.PositiveBigIntegerField(null=True, blank=True)
    clicks = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["taken_at"]
        constraints = [models.UniqueConstraint(fields=["delivery", "taken_at"], name="one_snapshot_per_moment")]
        verbose_name = _("engagement snapshot")
        verbose_name_plural = _("engagement snapshots")

    def __str__(self) -> str:
        return f"{self.delivery} {self.taken_at:%Y-%m-%d %H:%M}"
