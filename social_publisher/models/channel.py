from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from social_publisher.networks import registry
from social_publisher.networks.base import Account, Network
from social_publisher.networks.rehearsal import REHEARSES


class Channel(models.Model):
    """One account on one network that posts leave through."""

    class Rehearses(models.TextChoices):
        X = "x", "X"
        MASTODON = "mastodon", "Mastodon"
        BLUESKY = "bluesky", "Bluesky"
        TELEGRAM = "telegram", "Telegram"
        FACEBOOK = "facebook", "Facebook"
        LINKEDIN = "linkedin", "LinkedIn"

    name = models.CharField(_("name"), max_length=120, unique=True, help_text=_("How staff recognise it."))
    network = models.CharField(_("network"), max_length=30, default="rehearsal")
    rehearses = models.CharField(
        _("rehearses"),
        max_length=20,
        choices=Rehearses.choices,
        blank=True,
        help_text=_("Whose look and limits a rehearsal channel has."),
    )
    handle = models.CharField(_("handle"), max_length=120, help_text=_("The account's public name, without the @."))
    profile_url = models.URLField(_("public page"), blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    campaigns = models.ManyToManyField(
        "content.Campaign", blank=True, related_name="channels", verbose_name=_("campaigns")
    )

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["network", "handle"], name="one_channel_per_account")]
        verbose_name = _("channel")
        verbose_name_plural = _("channels")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The network is installed; a rehearsal channel says what it rehearses."""
        super().clean()
        try:
            adapter = self.adapter
        except registry.UnknownNetworkError as error:
            raise ValidationError({"network": str(error)}) from error
        if not adapter.capabilities.live and not self.rehearses:
            raise ValidationError({"rehearses": _("Say which network this channel rehearses.")})

    @property
    def adapter(self) -> Network:
        """The network this channel posts to. Raises UnknownNetworkError."""
        return registry.get(self.network)

    @property
    def account(self) -> Account:
        """The account as the network's module needs it."""
        return Account(handle=self.handle, settings={REHEARSES: self.rehearses})

    @property
    def is_live(self) -> bool:
        """Posts reach the public."""
        try:
            return self.adapter.capabilities.live
        except registry.UnknownNetworkError:
            return False

    @property
    def source(self) -> str:
        """The channel in tracked links' utm_source."""
        return self.rehearses or self.network
