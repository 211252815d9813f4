from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from social_publisher.models.post import Post


class Endorsement(models.Model):
    """The first yes where a campaign asks for two. It is to one digest, and goes with any change."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="endorsements")
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    person_name = models.CharField(max_length=255)
    at = models.DateTimeField()
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "digest", "person"], name="one_endorsement_per_person"),
        ]
        verbose_name = _("first approval of two")
        verbose_name_plural = _("first approvals of two")

    def __str__(self) -> str:
        return f"{self.post} ({self.person_name})"


class ReviewOpening(models.Model):
    """What an approver has last had on the review screen of a post. Several at once are approved only as opened."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="openings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="one_opening_per_person")]
        verbose_name = _("opening of a review")
        verbose_name_plural = _("openings of reviews")

    def __str__(self) -> str:
        return f"{self.post} {self.opened_at:%Y-%m-%d %H:%M:%S}"
