from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Launch(models.Model):
    """A page and the posts that announce it, approved together. The posts leave only after the page is seen live.

    `goes_live_at` follows the page's newest draft. `revision` is the page's version that was approved, or went live;
    the names are kept beside the accounts. `seen_live_at` is when a reader's fetch of the page first worked; `problem`
    what the last look met. Times are UTC.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="launch", verbose_name=_("page")
    )
    goes_live_at = models.DateTimeField(_("page goes live at"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    revision_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    approver_name = models.CharField(max_length=255, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    seen_live_at = models.DateTimeField(null=True, blank=True, editable=False)
    looked_at = models.DateTimeField(null=True, blank=True, editable=False)
    problem = models.TextField(blank=True, editable=False)
    late_told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(approver=F("revision_author")), name="launch_approver_is_not_the_pages_author"
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | ~Q(approver_name=""), name="an_approved_launch_names_its_approver"
            ),
        ]
        verbose_name = _("launch package")
        verbose_name_plural = _("launch packages")

    def __str__(self) -> str:
        return str(self.page)
