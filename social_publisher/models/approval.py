from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from social_publisher.models.post import Post


class Submission(models.Model):
    """What was put forward, by whom: the digest as it was when they did. The approver's must equal it.

    Without it one person could decide alone, by changing a picture's file and then approving what they see; or by
    submitting it themselves after that.
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="submission")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")

    def __str__(self) -> str:
        return f"{self.post} {self.digest[:12]}"


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
    second_approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=255)
    last_editor_name = models.CharField(max_length=255)
    approver_name = models.CharField(max_length=255, blank=True)
    second_approver_name = models.CharField(max_length=255, blank=True)
    urgent = models.BooleanField(
        default=False, help_text=_("Left at once under break-glass; the approver is who signed it off afterwards.")
    )
    in_advance = models.BooleanField(
        default=False, help_text=_("Says what a correction says, which another person approved before it was needed.")
    )
    comment = models.TextField(blank=True)
    approved_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-approved_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(approver=F("author")), name="approver_is_not_the_author"),
            models.CheckConstraint(condition=~Q(approver=F("last_editor")), name="approver_is_not_the_last_editor"),
            models.CheckConstraint(
                condition=~Q(second_approver=F("author"))
                & ~Q(second_approver=F("last_editor"))
                & ~Q(second_approver=F("approver")),
                name="second_approver_is_a_third_person",
            ),
            models.CheckConstraint(
                condition=Q(urgent=True) | ~Q(approver_name=""), name="only_an_urgent_post_leaves_without_an_approver"
            ),
            models.UniqueConstraint(
                fields=["post"], condition=Q(voided_at=None), name="one_standing_approval_per_post"
            ),
        ]
        permissions = [
            ("break_glass", _("Can send an alert without a second person")),
            ("sign_off", _("Can sign off what was sent without a second person")),
        ]
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")

    def __str__(self) -> str:
        return f"{self.post} ({self.approver_name})"

    @property
    def stands(self) -> bool:
        """Not voided. Whether the content still is what was approved is for the digest to say."""
        return self.voided_at is None
