from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from social_publisher.models.post import Post


class Approval(models.Model):
    """A second person's yes to exactly what leaves. The digest fixes what was seen; any change voids it.

    The rule that nobody approves their own work is a constraint of the table. Names are kept beside the accounts so
    that the record survives them.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="approvals")
    digest = models.CharField(max_length=64, help_text=_("SHA-256 over everything that leaves."))
    package = models.JSONField(help_text=_("What leaves, as it was seen."))
    revision_id_seen = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    last_editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=255)
    last_editor_name = models.CharField(max_length=255)
    approver_name = models.CharField(max_length=255)
    comment = models.TextField(blank=True)
    approved_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-approved_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(approver=F("author")), name="approver_is_not_the_author"),
            models.CheckConstraint(condition=~Q(approver=F("last_editor")), name="approver_is_not_the_last_editor"),
            models.UniqueConstraint(
                fields=["post"], condition=Q(voided_at=None), name="one_standing_approval_per_post"
            ),
        ]
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")

    def __str__(self) -> str:
        return f"{self.post} ({self.approver_name})"

    @property
    def stands(self) -> bool:
        """Not voided. Whether the content still is what was approved is for the digest to say."""
        return self.voided_at is None
