from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from content.records import Campaign, Country
from social_publisher.models.channel import Channel, default_time_zone, validate_time_zone


class Weekday(models.IntegerChoices):
    """As Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Slot(models.Model):
    """A weekly posting time of a channel, in the channel's own zone."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="slots", verbose_name=_("channel"))
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    time = models.TimeField(_("time"), help_text=_("In the channel's time zone."))

    class Meta:
        ordering = ["weekday", "time"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "weekday", "time"], name="one_slot_per_moment"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_slot_is_on_a_weekday"),
        ]
        verbose_name = _("posting time")
        verbose_name_plural = _("posting times")

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.time:%H:%M}"


class Series(models.Model):
    """A post that comes again, with an end. Its occurrences are posts, made and approved up to a bounded horizon."""

    class Every(models.TextChoices):
        DAY = "day", _("Every day")
        WEEKDAY = "weekday", _("Monday to Friday")
        WEEK = "week", _("Every week")
        FORTNIGHT = "fortnight", _("Every two weeks")
        MONTH = "month", _("Every month")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="series", verbose_name=_("campaign"))
    every = models.CharField(_("comes"), max_length=10, choices=Every.choices, default=Every.WEEK)
    time = models.TimeField(_("at"))
    time_zone = models.CharField(
        _("time zone"), max_length=64, default=default_time_zone, validators=[validate_time_zone]
    )
    starts_on = models.DateField(_("first on"))
    ends_on = models.DateField(_("last on or before"))
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    source = models.ForeignKey(
        "social_publisher.Post",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        help_text=_("The occurrence that later ones are copies of."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_series_ends_after_it_starts"),
        ]
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        first, last = (date_format(day, "j M Y") for day in (self.starts_on, self.ends_on))
        return f"{self.get_every_display()}, {first} – {last}"

    def clean(self) -> None:
        """A series has an end, after its start."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end is before the start. Correct one of the two dates.")})


class Blackout(models.Model):
    """A time in which nothing should be posted in some countries: an election, mourning, a live operation."""

    class Kind(models.TextChoices):
        ELECTION = "election", _("Election")
        MOURNING = "mourning", _("Mourning")
        OPERATION = "operation", _("Live operation")
        HOLIDAY = "holiday", _("Public holiday")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=120, help_text=_("What staff see; nothing secret."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    countries = models.ManyToManyField(
        Country, blank=True, related_name="blackouts", verbose_name=_("countries"), help_text=_("None: everywhere.")
    )
    campaigns = models.ManyToManyField(
        Campaign, blank=True, related_name="blackouts", verbose_name=_("campaigns"), help_text=_("None: all of them.")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["ends_at"], name="blackout_end")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_blackout_ends_after_it_starts"),
        ]
        verbose_name = _("blackout")
        verbose_name_plural = _("blackouts")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A blackout ends after it starts."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end is before the start. Correct one of the two.")})
