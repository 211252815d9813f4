from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from content.records import Campaign
from social_publisher.messages.lengths import LONGEST_TEXT


class Correction(models.Model):
    """A campaign's words for when a post was wrong, approved before they are needed. A change takes the approval back.

    `digest` is of language and text as their author left them: an approval stands for nothing else, whatever path
    changed them since. Names are kept beside the accounts.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("campaign")
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("How staff recognise it."))
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    text = models.TextField(
        _("text"), max_length=LONGEST_TEXT, help_text=_("Must fit the shortest network it may leave on.")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    author_name = models.CharField(max_length=255, blank=True, editable=False)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    approver_name = models.CharField(max_length=255, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["campaign", "name"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "name", "language"], name="one_correction_per_name"),
            models.CheckConstraint(condition=~Q(approver=F("author")), name="correction_approver_is_not_its_author"),
            models.CheckConstraint(
                condition=Q(approved_at=None) | ~Q(approver_name=""), name="an_approved_correction_names_its_approver"
            ),
        ]
        permissions = [("approve_correction", _("Can approve corrections"))]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return self.name
