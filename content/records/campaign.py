from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from content.records.project import Project


class Campaign(models.Model):
    """An awareness campaign: what posts, pages, clicks and reports belong to."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned campaign")
        CURRENT = "current", _("Current campaign")
        PAST = "past", _("Past campaign")

    name = models.CharField(_("name"), max_length=255, unique=True)
    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("Stands in every tracked link as utm_campaign; never change it."),
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("project"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PLANNED)
    goal = models.TextField(_("goal"), max_length=5000, blank=True)
    language = models.CharField(
        _("main language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    hashtag = models.CharField(
        _("hashtag"),
        max_length=60,
        blank=True,
        validators=[RegexValidator(r"^#\w+$", _("A hashtag is # followed by letters and digits, without spaces."))],
        help_text=_("With the #, each word capitalised so that screen readers can speak it."),
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("status")]),
        FieldPanel("project"),
        FieldPanel("goal"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("hashtag")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def __str__(self) -> str:
        return self.name

    @property
    def phase(self) -> str:
        """Its status, or past where its last day is over and nobody has changed the status yet."""
        if self.ends_on is not None and self.ends_on < timezone.localdate():
            return self.Status.PAST.value
        return self.status

    @property
    def phase_name(self) -> str:
        """The phase in words."""
        return str(self.Status(self.phase).label)

    def clean(self) -> None:
        """A campaign does not end before it starts."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end is before the start. Correct one of the two dates.")})
