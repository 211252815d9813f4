from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from social_publisher.models.channel import Channel


class Protection(models.Model):
    """Somebody looked on the network and says how signing in to a channel's account is protected there.

    No network tells programs that, so people do; each look is kept. The name is kept beside the account.
    """

    class Factor(models.TextChoices):
        KEY = "key", _("Security key or passkey")
        APP = "app", _("Authenticator app")
        MESSAGE = "message", _("Text message")
        NONE = "none", _("No second factor")

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="protections")
    factor = models.CharField(_("second factor"), max_length=10, choices=Factor.choices)
    recovery_kept = models.BooleanField(
        _("recovery codes are kept"), default=False, help_text=_("On paper or in a safe, where two people find them.")
    )
    people = models.PositiveSmallIntegerField(
        _("people who can sign in"), help_text=_("On the network itself, with its password or as its administrators.")
    )
    note = models.CharField(_("note"), max_length=255, blank=True)
    looked_at = models.DateTimeField()
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    looked_by_name = models.CharField(max_length=255)

    class Meta:
        ordering = ["-looked_at", "-pk"]
        indexes = [models.Index(fields=["channel", "-looked_at"], name="protection_newest")]
        verbose_name = _("protection of an account")
        verbose_name_plural = _("protections of accounts")

    def __str__(self) -> str:
        return f"{self.channel}: {self.get_factor_display()}"
