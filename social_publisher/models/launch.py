from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Launch(models.Model):
    """A page and the posts that announce it, approved together. The posts leave only after the page is seen live.

    `seen_live_at` is when a reader's fetch of the page first worked; `problem` what the last look met. Times are UTC.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="launch", verbose_name=_("page")
    )
    goes_live_at = models.DateTimeField(_("page goes live at"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    seen_live_at = models.DateTimeField(null=True, blank=True, editable=False)
    looked_at = models.DateTimeField(null=True, blank=True, editable=False)
    problem = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("launch package")
        verbose_name_plural = _("launch packages")

    def __str__(self) -> str:
        return str(self.page)
