from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from social_publisher.models.alert import Alert

MORNING = 8


class Mail(models.TextChoices):
    """When somebody is told by e-mail."""

    AT_ONCE = "at_once", _("At once")
    DIGEST = "digest", _("In the daily summary")
    OFF = "off", _("Never")


class Notice(models.Model):
    """One alert as one person is told it. Times are UTC. `shown` and `mail` are what they had chosen then."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Alert.Kind.choices)
    about = models.CharField(max_length=255, blank=True, help_text=_("The post or channel it is about."))
    words = models.TextField(blank=True)
    url = models.CharField(max_length=500, help_text=_("The screen to go to."))
    shown = models.BooleanField(default=True)
    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.OFF)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "alert"], name="told_once")]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], condition=Q(shown=True), name="notice_shown"),
            models.Index(fields=["person"], condition=Q(shown=True, read_at=None), name="notice_unread"),
            models.Index(
                fields=["person", "created_at"], condition=Q(mailed_at=None) & ~Q(mail="off"), name="notice_unmailed"
            ),
            models.Index(fields=["created_at"], name="notice_age"),
        ]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about}"


class NoticeChoice(models.Model):
    """How one person wants to be told of one kind of thing, where that is not the usual way."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=20, choices=Alert.Kind.choices)
    shown = models.BooleanField(default=True)
    mail = models.CharField(max_length=10, choices=Mail.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_choice_per_kind")]
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"


class NoticeProfile(models.Model):
    """When one person is mailed: the hour of their daily summary, in their own zone, and not before `mail_after`."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_profile")
    digest_hour = models.PositiveSmallIntegerField(default=MORNING, validators=[MaxValueValidator(23)])
    mail_after = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("person's notices")
        verbose_name_plural = _("persons' notices")

    def __str__(self) -> str:
        return f"{self.person}"


class AuditReader(models.Model):
    """How far somebody has read the sealed audit."""

    name = models.CharField(max_length=30, unique=True)
    place = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("reader of the audit")
        verbose_name_plural = _("readers of the audit")

    def __str__(self) -> str:
        return f"{self.name}: {self.place}"
