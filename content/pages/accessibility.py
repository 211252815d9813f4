from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from content.pages.contact import ContactPage
from content.pages.standard import StandardPage


class AccessibilityPage(StandardPage):
    """The accessibility statement, in the parts that Decision (EU) 2018/1523 asks for. What is empty is not shown."""

    page_description = _("How accessible the site is, in the parts that the EU asks for.")

    class Status(models.TextChoices):
        FULL = "full", _("This site meets the standard in full.")
        PARTIAL = "partial", _("This site meets the standard in part, with the exceptions named here.")
        NOT = "not", _("This site does not meet the standard yet. What is missing is named here.")

    class Method(models.TextChoices):
        SELF = "self", _("We tested the site ourselves.")
        OUTSIDE = "outside", _("An outside organisation tested the site.")

    status = models.CharField(_("status"), max_length=10, choices=Status.choices, blank=True)
    method = models.CharField(_("how it was tested"), max_length=10, choices=Method.choices, blank=True)
    prepared_on = models.DateField(_("statement prepared on"), null=True, blank=True)
    reviewed_on = models.DateField(_("statement last reviewed on"), null=True, blank=True)
    feedback_email = models.EmailField(_("email address for feedback"), blank=True)
    feedback_phone = models.CharField(_("telephone number for feedback"), max_length=40, blank=True)
    answer_within = models.PositiveSmallIntegerField(
        _("answered within, days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Only what is kept to in practice."),
    )
    enforcement_body = models.CharField(
        _("enforcement body"),
        max_length=200,
        blank=True,
        help_text=_("Where people turn who are not content with our answer."),
    )
    enforcement_url = models.URLField(_("enforcement body's page"), blank=True)

    content_panels = [
        *StandardPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("status"),
                FieldPanel("method"),
                FieldRowPanel([FieldPanel("prepared_on"), FieldPanel("reviewed_on")]),
            ],
            heading=_("Status"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("feedback_email"), FieldPanel("feedback_phone")]),
                FieldPanel("answer_within"),
                FieldPanel("enforcement_body"),
                FieldPanel("enforcement_url"),
            ],
            heading=_("Feedback and enforcement"),
        ),
    ]
    template = "content/pages/accessibility.html"
    parent_page_types = ["content.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    override_translatable_fields = [
        SynchronizedField(name, overridable=False)
        for name in ("status", "method", "prepared_on", "reviewed_on", "answer_within", "feedback_email")
    ] + [SynchronizedField(name) for name in ("feedback_phone", "enforcement_url")]

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the contact page in the same language, for feedback."""
        context = super().get_context(request, *args, **kwargs)
        context["contact_page"] = ContactPage.objects.live().filter(locale_id=self.locale_id, alias_of=None).first()
        return context

    def clean(self) -> None:
        """A statement is not dated ahead, and not reviewed before it was prepared."""
        super().clean()
        today = timezone.localdate()
        for name in ("prepared_on", "reviewed_on"):
            if (day := getattr(self, name)) and day > today:
                raise ValidationError({name: _("This day is still to come. Give the day it was done.")})
        if self.prepared_on and self.reviewed_on and self.reviewed_on < self.prepared_on:
            raise ValidationError({"reviewed_on": _("The review is before the preparation. Correct one of the two.")})
