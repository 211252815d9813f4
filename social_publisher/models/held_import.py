from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class HeldImport(models.Model):
    """A file's rows between looking at them and importing them; one a person, replaced by the next file."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="held_import")
    name = models.CharField(max_length=255)
    rows = models.JSONField()
    held_at = models.DateTimeField()

    class Meta:
        verbose_name = _("held import")
        verbose_name_plural = _("held imports")

    def __str__(self) -> str:
        return self.name
