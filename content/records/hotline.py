from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from content.records.country import Country
from content.records.languages import language_name
from content.records.localized import LocalizedText, in_language

# How long a check holds when nobody says otherwise, and how early staff are told that it ends.
HOLDS = timedelta(days=180)
WARN = timedelta(days=30)


class HotlineQuerySet(models.QuerySet["Hotline"]):
    """Hotlines by whether the public may rely on them."""

    def shown(self, today: date) -> HotlineQuerySet:
        """Those that somebody has checked, and whose check still holds on this day."""
        checked = models.Q(verified_by__isnull=False, verified_on__lte=today)
        return self.filter(checked, expires_on__gte=today)

    def needing_a_look(self, today: date) -> HotlineQuerySet:
        """Those that are hidden, and those whose check ends within 30 days; what ends first comes first."""
        holds = models.Q(verified_by__isnull=False, verified_on__lte=today, expires_on__gt=today + WARN)
        return self.exclude(pk__in=self.model.objects.filter(holds).values("pk")).order_by(
            models.F("expires_on").asc(nulls_first=True), "country__code"
        )


class Hotline(ClusterableModel):
    """Where the public of a country reports. Shown only while somebody's check at the source holds."""

    class Cost(models.TextChoices):
        FREE = "free", _("Free of charge")
        NORMAL = "normal", _("The price of a normal call")

    class Anonymous(models.TextChoices):
        YES = "yes", _("You do not have to give your name")
        NO = "no", _("You will be asked for your name")

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="hotlines", verbose_name=_("country"))
    name = models.CharField(_("name of the service"), max_length=200, help_text=_("As the service calls itself."))
    name_language = models.CharField(
        _("language of the name"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    number = models.CharField(
        _("telephone number"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^\+?[0-9][0-9 ()/.-]{1,38}$", _("Write digits and spaces, with + for abroad."))],
        help_text=_("As people dial it, for example +386 1 234 56 78 or a short number."),
    )
    form_url = models.URLField(_("web form"), max_length=500, blank=True)
    languages = models.JSONField(_("languages"), blank=True, default=list, help_text=_("In which the service answers."))
    around_the_clock = models.BooleanField(_("open day and night, every day"), default=False)
    cost = models.CharField(_("cost of the call"), max_length=10, choices=Cost.choices, blank=True)
    anonymous = models.CharField(_("name of the caller"), max_length=10, choices=Anonymous.choices, blank=True)
    source_url = models.URLField(
        _("source"), max_length=500, help_text=_("The page of the authority where these facts stand.")
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("checked by"),
    )
    verified_on = models.DateField(_("checked on"), null=True, blank=True, editable=False)
    expires_on = models.DateField(
        _("hidden after"),
        null=True,
        blank=True,
        help_text=_("The last day it is shown; 180 days after the check, if you leave it empty. At most one year."),
    )

    objects = HotlineQuerySet.as_manager()

    class Meta:
        ordering = ["country__code", "name"]
        verbose_name = _("hotline")
        verbose_name_plural = _("hotlines")

    def __str__(self) -> str:
        return f"{self.name} ({self.country.code})"

    def clean(self) -> None:
        """A contact has a way to reach it."""
        super().clean()
        if not self.number and not self.form_url:
            raise ValidationError({"number": _("Give a telephone number, a web form, or both.")})

    @property
    def is_shown(self) -> bool:
        """Whether the public sees it today."""
        today = timezone.localdate()
        if self.verified_by_id is None or self.verified_on is None or self.expires_on is None:
            return False
        return self.verified_on <= today <= self.expires_on

    @property
    def dialled(self) -> str:
        """The number for a `tel:` link."""
        return "".join(sign for sign in self.number if sign.isdigit() or sign == "+")

    @property
    def language_names(self) -> list[str]:
        """The languages it answers in, in the reader's own language."""
        return [language_name(code) for code in self.languages]

    @property
    def words(self) -> HotlineText | None:
        """What it takes and when it is open, in the active language, else in the default one."""
        return in_language(self.texts.all())


class HotlineText(LocalizedText):
    """What a hotline takes and when it answers, in one language."""

    hotline = ParentalKey(Hotline, on_delete=models.CASCADE, related_name="texts")
    takes = models.TextField(_("what it takes"), max_length=400, help_text=_("What people can report there."))
    hours = models.CharField(
        _("hours"), max_length=160, blank=True, help_text=_("In the time of the country. Empty if day and night.")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hotline", "language"], name="one_hotline_text_per_language")]
        verbose_name = _("hotline's words")
        verbose_name_plural = _("hotline's words")

    def __str__(self) -> str:
        return self.takes
