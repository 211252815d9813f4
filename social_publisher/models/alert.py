from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from social_publisher.models.channel import Channel
from social_publisher.models.correction import Correction
from social_publisher.models.delivery import Delivery
from social_publisher.models.post import Post


class AlertQuerySet(models.QuerySet[Any]):
    """Alerts, and the one way to raise them."""

    def raise_for(self, kind: str, delivery_ids: Collection[int], now: datetime, words: str) -> None:
        """Write one alert a delivery, in the caller's transaction."""
        Alert.objects.bulk_create(Alert(kind=kind, delivery_id=pk, words=words, created_at=now) for pk in delivery_ids)

    def tell(self, kind: str, now: datetime, words: str = "", **about: Any) -> None:
        """Write one alert about a `post`, `channel` or `correction`, in the caller's transaction."""
        Alert.objects.create(kind=kind, created_at=now, words=words, **about)

    def withdraw(self) -> None:
        """Delete those that nobody has been told of, in the caller's transaction; waits for a telling under way."""
        untold = self.filter(told_at=None).order_by().select_for_update(of=("self",))
        Alert.objects.filter(pk__in=list(untold.values_list("pk", flat=True))).delete()


class Alert(models.Model):
    """Something staff must be told. Written with the change it tells of, so that a killed process forgets nobody."""

    class Kind(models.TextChoices):
        CHANNEL_PAUSED = "channel_paused", _("A channel was paused")
        EXPIRING = "expiring", _("A channel's permission ends soon")
        REFUSED = "refused", _("A network refused a post")
        STOPPED = "stopped", _("An approved post was stopped")
        MISSED = "missed", _("A post was missed")
        NEEDS_PERSON = "needs_person", _("A post needs a person")
        STUCK = "stuck", _("A post is stuck")
        TO_APPROVE = "to_approve", _("A post waits for approval")
        REJECTED = "rejected", _("A post was sent back")
        PUBLISHED = "published", _("A post was published")
        UNKNOWN = "unknown", _("It is not known whether a post is out")
        BREAK_GLASS = "break_glass", _("A post left without a second person")
        UNSIGNED = "unsigned", _("An urgent post still lacks its sign-off")
        TAKEDOWN = "takedown", _("A post is being taken back")
        LAUNCH = "launch", _("A page was not live in time for its posts")
        GONE = "gone", _("A post is no longer on its network")
        PROTECTION = "protection", _("An account's second factor has to be looked at")
        FOREIGN_POST = "foreign_post", _("An account posted something this system did not send")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, null=True, blank=True, related_name="alerts")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, blank=True, related_name="alerts")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, null=True, blank=True, related_name="alerts")
    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, null=True, blank=True, related_name="alerts")
    words = models.TextField(blank=True)
    created_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(told_at=None), name="alert_untold"),
            models.Index(fields=["told_at"], name="alert_told"),
        ]
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.delivery or self.post or self.channel or self.correction}"
