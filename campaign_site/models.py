"""What every process of the installation has to know at once."""

from __future__ import annotations

from django.db import models


class SharedValue(models.Model):
    """A small value under a name, until a moment (UTC): codes that were used, tries that were wrong."""

    key = models.CharField(max_length=255, primary_key=True)
    value = models.JSONField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
