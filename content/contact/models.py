from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["ContactMessage", "ContactSalt", "ContactSender"]

# Letters and digits that nobody mistakes for each other when read aloud.
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


def new_reference() -> str:
    """A short name for a message, for the sender to quote."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(8))


class ContactMessage(models.Model):
    """What a reader wrote. Kept until its last day, then deleted with everything in it."""

    reference = models.CharField(_("reference"), max_length=8, unique=True, default=new_reference)
    # Made of the form's own number and the words: the same form sent twice is one message.
    form_id = models.UUIDField(unique=True, editable=False)
    topic = models.CharField(_("topic"), max_length=160, blank=True)
    text = models.TextField(_("message"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    language = models.CharField(_("language of the page"), max_length=10, choices=settings.LANGUAGES)
    received_at = models.DateTimeField(_("received at"))
    delete_on = models.DateField(_("deleted on"))
    handled = models.BooleanField(_("dealt with"), default=False)

    recipients = models.JSONField(_("sent by mail to"), default=list, blank=True)
    mail_at = models.DateTimeField(_("next mail attempt"), null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(_("mail attempts"), default=0)
    mailed_at = models.DateTimeField(_("sent by mail at"), null=True, blank=True)

    class Meta:
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["mail_at"], name="contact_mail_due", condition=models.Q(mail_at__isnull=False))]
        verbose_name = _("message from a reader")
        verbose_name_plural = _("messages from readers")

    def __str__(self) -> str:
        return self.reference


class ContactSalt(models.Model):
    """The day's secret that addresses are hashed with. Deleted the next day; then no hash can be tried out any more."""

    day = models.DateField(unique=True)
    salt = models.BinaryField()

    class Meta:
        verbose_name = _("day's secret")
        verbose_name_plural = _("days' secrets")

    def __str__(self) -> str:
        return self.day.isoformat()


class ContactSender(models.Model):
    """How many messages came from one hashed address in one hour."""

    digest = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "hour"], name="one_count_per_sender_and_hour")]
        verbose_name = _("sender's count")
        verbose_name_plural = _("senders' counts")

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}: {self.count}"
