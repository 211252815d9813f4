from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from social_publisher.models.approval import Approval
from social_publisher.models.delivery import Delivery
from social_publisher.models.ledger import State


class BreakGlassQuerySet(models.QuerySet[Any]):
    """Posts that left without a second person."""

    def red(self) -> BreakGlassQuerySet:
        """Neither undone nor signed off; or objected to, and not taken back yet. What never left is not red."""
        rows = Delivery.objects.filter(approval=OuterRef("approval"))
        left_or_will = Exists(rows.exclude(state__in=[State.CANCELLED.value, State.MISSED.value]))
        still_there = Exists(rows.exclude(state__in=[State.CANCELLED.value, State.MISSED.value, State.RECALLED.value]))
        unsigned = Q(signed_off_at=None) & left_or_will
        objected = Q(is_objection=True) & still_there
        return self.filter(unsigned | objected, undone_at=None)

    def unsigned(self) -> BreakGlassQuerySet:
        """Red, and nobody has looked at it yet."""
        return self.red().filter(signed_off_at=None)


class BreakGlass(models.Model):
    """An alert that was sent at once, without a second person, and what a second person said of it afterwards.

    Until `undo_until` (UTC) it waits for its sender to think again. Names are kept beside the accounts.
    """

    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="break_glass")
    reason = models.TextField()
    findings = models.JSONField(default=list, help_text=_("What the checks said when it was sent."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=255)
    at = models.DateTimeField()
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    signed_off_name = models.CharField(max_length=255, blank=True)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    is_objection = models.BooleanField(default=False)
    comment = models.TextField(blank=True)

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(signed_off_by=F("by")), name="nobody_signs_off_what_they_sent_alone"),
            models.CheckConstraint(
                condition=Q(signed_off_at=None) | ~Q(signed_off_name=""), name="a_sign_off_names_its_person"
            ),
            models.CheckConstraint(
                condition=Q(is_objection=False) | (Q(signed_off_at__isnull=False) & ~Q(comment="")),
                name="an_objection_says_why",
            ),
        ]
        indexes = [models.Index(fields=["at"], condition=Q(undone_at=None), name="break_glass_open")]
        verbose_name = _("post sent without a second person")
        verbose_name_plural = _("posts sent without a second person")

    def __str__(self) -> str:
        return f"{self.approval.post} ({self.by_name})"

    @property
    def is_signed(self) -> bool:
        """A second person said yes."""
        return self.signed_off_at is not None and not self.is_objection
