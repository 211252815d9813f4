from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from social_publisher import vault
from social_publisher.models.channel import Channel
from social_publisher.networks.connect import App, Grant


class Credential(models.Model):
    """What lets us act for a channel's account, encrypted. Times are UTC. It is never shown, logged or exported."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="credential")
    secret = models.TextField(editable=False)
    scopes = models.JSONField(default=list, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    renews = models.BooleanField(default=False)
    connected_at = models.DateTimeField()
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    renewed_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True, help_text=_("When staff were told that it ends soon."))
    problem = models.TextField(blank=True, help_text=_("Why the last renewal or check failed, in words for staff."))

    class Meta:
        indexes = [models.Index(fields=["expires_at"], condition=models.Q(renews=True), name="credential_expiry")]
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")

    def __str__(self) -> str:
        return f"{self.channel}"

    def open(self) -> dict[str, str]:
        """The secrets. Raises vault.LockedError."""
        return vault.unlock(self.secret)

    def keep(self, grant: Grant, *, before: dict[str, str] | None = None) -> None:
        """Take a grant over. What a renewal does not mention, such as a refresh token, stays as it was."""
        self.secret = vault.lock(
            {**(before or {}), **{name: value for name, value in grant.credentials.items() if value}}
        )
        self.scopes = list(grant.scopes) or self.scopes
        self.expires_at = grant.expires_at
        self.renews = grant.renews
        self.warned_at = None
        self.problem = ""

    def expired(self, now: datetime) -> bool:
        """It no longer opens anything."""
        return self.expires_at is not None and self.expires_at <= now


class AppRegistration(models.Model):
    """This installation as a network knows it; on networks of many servers, one a server. The secret is encrypted."""

    network = models.CharField(_("network"), max_length=30)
    server = models.CharField(_("server"), max_length=255, blank=True)
    client_id = models.CharField(_("client id"), max_length=255)
    secret = models.TextField(editable=False)
    redirect_uri = models.CharField(max_length=500, editable=False)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "server"], name="one_registration_per_server")]
        verbose_name = _("app registration")
        verbose_name_plural = _("app registrations")

    def __str__(self) -> str:
        return f"{self.network} {self.server}".strip()

    @property
    def app(self) -> App:
        """As the network's module needs it. Raises vault.LockedError."""
        return App(self.client_id, vault.unlock(self.secret).get("client_secret", ""), self.server)
