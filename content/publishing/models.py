from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScheduledPublication(models.Model):
    """A publication at a set time that is under way, or did not wholly succeed.

    It is written before the publication begins and deleted when everybody who waits for it was told. So a process that
    dies in between leaves its trace.
    """

    class State(models.TextChoices):
        BEGUN = "begun", _("Under way")
        REFUSED = "refused", _("Not published")
        UNTOLD = "untold", _("Published, but not everything that follows was done")

    revision = models.OneToOneField("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.BEGUN)
    reason = models.TextField(_("reason"), blank=True)
    due_at = models.DateTimeField(_("due"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    begun_at = models.DateTimeField(_("first attempt"), auto_now_add=True)

    class Meta:
        ordering = ["begun_at", "pk"]
        indexes = [models.Index(fields=["next_attempt_at"], name="scheduled_next_attempt")]
        verbose_name = _("scheduled publication")
        verbose_name_plural = _("scheduled publications")

    def __str__(self) -> str:
        return str(self.revision.object_str)
