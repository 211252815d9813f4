from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ResultsToken(models.Model):
    """An analyst's key to the numbers as JSON. Only its SHA-256 is kept: it is shown once, when it is made.

    It opens what its owner may see, and nothing once the owner may not.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="results_tokens")
    name = models.CharField(_("name"), max_length=80, help_text=_("What it is for, so that you can tell it apart."))
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_on = models.DateField(null=True, help_text=_("The last day it was used."))

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("key to the numbers")
        verbose_name_plural = _("keys to the numbers")

    def __str__(self) -> str:
        return self.name
