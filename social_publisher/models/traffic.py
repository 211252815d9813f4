from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateBudget(models.Model):
    """What one account, or all accounts on one service, may still send; one row for all processes. Times are UTC."""

    key = models.CharField(max_length=200, unique=True)
    used = models.JSONField(default=dict, help_text=_("Posts by window length and slot, both in seconds."))
    free_at = models.DateTimeField(null=True, blank=True, help_text=_("When the least interval is over."))
    blocked_until = models.DateTimeField(null=True, blank=True, help_text=_("How long the network asked to wait."))

    class Meta:
        verbose_name = _("rate budget")
        verbose_name_plural = _("rate budgets")

    def __str__(self) -> str:
        return self.key


class Circuit(models.Model):
    """Whether a service works: after several failures in a row nothing is sent to it until `open_until` (UTC)."""

    service = models.CharField(max_length=200, unique=True)
    failures = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("circuit")
        verbose_name_plural = _("circuits")

    def __str__(self) -> str:
        return self.service
