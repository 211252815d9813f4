from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """Who did what, when, by the database's clock. Append-only: the database refuses every change and deletion.

    It speaks of rows by words and plain ids, so it outlives them. An entry is written unsealed; the sealer gives it,
    once, its `place` in the chain and the `hash` over it and everything before it (`approval/chain.py`).
    """

    at = models.DateTimeField(db_default=Now())
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    actor_name = models.CharField(max_length=255)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=255)
    data = models.JSONField(default=dict)
    place = models.BigIntegerField(null=True, editable=False)
    hash = models.CharField(max_length=64, blank=True, db_default="", editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["place"], name="one_entry_a_place"),
            models.CheckConstraint(
                condition=Q(place=None, hash="") | Q(place__gt=0, hash__regex="^[0-9a-f]{64}$"),
                name="a_sealed_entry_has_place_and_hash",
            ),
        ]
        indexes = [
            models.Index(fields=["at", "id"], name="audit_at"),
            models.Index(
                fields=["action", "at"], opclasses=["varchar_pattern_ops", "timestamptz_ops"], name="audit_of"
            ),
            models.Index(fields=["actor", "at"], condition=Q(actor__isnull=False), name="audit_actor"),
            models.Index(KeyTransform("post", "data"), F("at"), condition=Q(data__has_key="post"), name="audit_post"),
            models.Index(fields=["id"], condition=Q(place=None), name="audit_unsealed"),
        ]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor_name}: {self.action}"
