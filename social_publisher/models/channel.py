from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from social_publisher.networks import registry
from social_publisher.networks.base import ACCOUNT_ID, Account, Network
from social_publisher.networks.rehearsal import REHEARSES

if TYPE_CHECKING:
    from social_publisher.models.credential import Credential


def default_time_zone() -> str:
    """The installation's own zone."""
    return str(settings.TIME_ZONE)


def validate_time_zone(value: str) -> None:
    """A name of the IANA time zone database. Raises ValidationError."""
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError(_("This is no time zone. Write a name such as Europe/Bucharest.")) from error


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
    handle = models.CharField(_("handle"), max_length=255, help_text=_("The account's public name, without the @."))
    profile_url = models.URLField(_("public page"), blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default=default_time_zone,
        validators=[validate_time_zone],
        help_text=_("Where its readers are. Times are shown in it beside your own."),
    )
    min_interval = models.PositiveIntegerField(
        _("least seconds between posts"),
        default=30,
        validators=[MaxValueValidator(24 * 3600)],
        help_text=_("After an outage, what is overdue leaves one by one at this distance. 0 means at once."),
    )
    quiet_from = models.TimeField(
        _("quiet from"), null=True, blank=True, help_text=_("In its time zone. Nothing should leave then.")
    )
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    countries = models.ManyToManyField(
        "content.Country",
        blank=True,
        related_name="channels",
        verbose_name=_("countries of its readers"),
        help_text=_("For blackouts. None: those of the campaign's project."),
    )
    account_id = models.CharField(
        max_length=255, blank=True, editable=False, help_text=_("The network's own id of it.")
    )
    account_name = models.CharField(max_length=255, blank=True, editable=False)
    picture = models.ImageField(upload_to="channels", blank=True, editable=False)
    settings = models.JSONField(
        default=dict, blank=True, editable=False, help_text=_("What the network told about the account: no secret.")
    )
    campaigns = models.ManyToManyField(
        "content.Campaign", blank=True, related_name="channels", verbose_name=_("campaigns")
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["network", "handle"], name="one_channel_per_account"),
            models.UniqueConstraint(
                fields=["network", "account_id"], condition=~Q(account_id=""), name="one_channel_per_account_id"
            ),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_begin_and_end",
            ),
        ]
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
        if (self.quiet_from is None) != (self.quiet_until is None):
            raise ValidationError({"quiet_until": _("Quiet hours have a beginning and an end. Fill in both, or none.")})

    @property
    def adapter(self) -> Network:
        """The network this channel posts to. Raises UnknownNetworkError."""
        return registry.get(self.network)

    @cached_property
    def zone(self) -> ZoneInfo:
        """Its readers' time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def account(self) -> Account:
        """The account as the network's module needs it to know its limits; it opens nothing."""
        settings = {**self.settings, ACCOUNT_ID: self.account_id, REHEARSES: self.rehearses}
        return Account(self.handle, {name: value for name, value in settings.items() if value})

    @property
    def signed_in(self) -> Account:
        """The account with what opens it. Raises vault.LockedError; one that is not connected opens nothing."""
        credential = self.connection
        return replace(self.account, credentials=credential.open()) if credential else self.account

    @property
    def connection(self) -> Credential | None:
        """What opens the account, where its network wants something and it is connected."""
        if not self.connects:
            return None
        credential: Credential | None = getattr(self, "credential", None)
        return credential

    def why_closed(self, now: datetime) -> str:
        """Why nothing can be sent through it now, in words for staff; empty if something can."""
        if not self.connects:
            return ""
        credential = self.connection
        if credential is None:
            return gettext("This channel is not connected to its account. Connect it.")
        if credential.expired(now):
            return gettext(
                "The account's permission has ended and could not be renewed yet. Connect it again if this stays."
            )
        return ""

    @property
    def connects(self) -> bool:
        """Its network wants the account to be connected."""
        try:
            return self.adapter.connector is not None
        except registry.UnknownNetworkError:
            return False

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
