from __future__ import annotations

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from social_publisher import vault
from social_publisher.models.alert import Alert


def validate_kinds(value: object) -> None:
    """A list of known kinds. Raises ValidationError."""
    if not isinstance(value, list) or not set(Alert.Kind.values).issuperset(value):
        raise ValidationError(_("Choose from the kinds that are listed."))


class Webhook(models.Model):
    """Another system that is told what staff are told, by a signed POST. The secret is encrypted."""

    name = models.CharField(_("name"), max_length=120, unique=True, help_text=_("How staff recognise it."))
    url = models.URLField(_("address"), max_length=500, help_text=_("Takes the calls; it begins with https://."))
    secret = models.TextField(editable=False)
    kinds = models.JSONField(_("tells of"), default=list, validators=[validate_kinds])
    active = models.BooleanField(_("in use"), default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """The secret that signs its calls. Raises vault.LockedError."""
        return vault.unlock(self.secret)["secret"]


class WebhookCall(models.Model):
    """One message to a webhook: its outbox. Times are UTC. `public_id` is the same in every try."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Delivered")
        FAILED = "failed", _("Given up")

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="calls")
    alert = models.ForeignKey(Alert, on_delete=models.SET_NULL, null=True, related_name="+")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=20, help_text=_("The alert's kind, or “test”."))
    body = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=255, blank=True, help_text=_("What came of the last try."))

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(status="waiting"), name="webhook_call_next"),
            models.Index(fields=["webhook", "-created_at", "-id"], name="webhook_call_last"),
            models.Index(fields=["created_at"], name="webhook_call_age"),
        ]
        verbose_name = _("webhook call")
        verbose_name_plural = _("webhook calls")

    def __str__(self) -> str:
        return f"{self.webhook} {self.kind}"
