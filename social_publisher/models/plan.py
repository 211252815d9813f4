from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.records import Campaign
from social_publisher.models.post import Post

OPENING = 200


class Plan(models.Model):
    """What lists show of a post's newest content: its latest draft, else its row. Times are UTC.

    The database keeps it with triggers, on every path, so that calendar, queue and feeds read no drafts; nothing else
    writes it. It points without holding: what it points to may be gone.
    """

    post = models.OneToOneField(
        Post, on_delete=models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="plan"
    )
    due_at = models.DateTimeField(_("leaves at"), null=True)
    campaign = models.ForeignKey(
        Campaign, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    language = models.CharField(max_length=10)
    opening = models.CharField(max_length=OPENING)
    channel_ids = ArrayField(models.BigIntegerField(), default=list)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["due_at", "post"]
        indexes = [models.Index(fields=["due_at", "post"], name="plan_due")]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def __str__(self) -> str:
        return self.opening.split("\n", 1)[0]
