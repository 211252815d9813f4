from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PageReview(models.Model):
    """Somebody has read a page again and found it still right."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    reviewed_at = models.DateTimeField(_("read again at"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("page read again")
        verbose_name_plural = _("pages read again")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.reviewed_at:%Y-%m-%d}"


class LinkTarget(models.Model):
    """An address that live pages link to, and what was seen there last."""

    class Outcome(models.TextChoices):
        UNSEEN = "unseen", _("not looked at yet")
        OPENS = "opens", _("opens")
        GONE = "gone", _("there is nothing")
        NOT_PUBLIC = "not public", _("the public cannot open it")
        UNTOLD = "untold", _("no answer")

    url = models.TextField(_("address"), unique=True)
    host = models.CharField(_("server"), max_length=255)
    outcome = models.CharField(_("seen"), max_length=10, choices=Outcome.choices, default=Outcome.UNSEEN)
    status = models.PositiveIntegerField(_("HTTP status"), default=0)
    failures = models.PositiveIntegerField(_("times in a row"), default=0)
    looked_at = models.DateTimeField(_("looked at"), null=True)
    next_look_at = models.DateTimeField(_("next look"), db_index=True)
    pages = models.ManyToManyField(Page, related_name="+", verbose_name=_("pages"))

    class Meta:
        verbose_name = _("linked address")
        verbose_name_plural = _("linked addresses")

    def __str__(self) -> str:
        return self.url
