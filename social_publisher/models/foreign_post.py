from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from social_publisher.models.channel import Channel


class ForeignPost(models.Model):
    """What an account posted that this system did not send: by hand, by another tool, or by an intruder.

    Open until a person says what it was. Times are UTC.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="foreign_posts")
    remote_id = models.CharField(max_length=255)
    url = models.URLField(max_length=500, blank=True)
    words = models.TextField(blank=True)
    posted_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    settled_by_name = models.CharField(max_length=255, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)

    class Meta:
        ordering = ["-posted_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["channel", "remote_id"], name="one_foreign_post_per_id")]
        indexes = [models.Index(fields=["-posted_at"], condition=Q(settled_at=None), name="foreign_post_open")]
        verbose_name = _("post from elsewhere")
        verbose_name_plural = _("posts from elsewhere")

    def __str__(self) -> str:
        return self.words[:60] or self.remote_id


class TimelineWatch(models.Model):
    """How far a channel's own timeline has been read, and why it could not be, if it could not."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="timeline_watch")
    read_until = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        verbose_name = _("watch of a timeline")
        verbose_name_plural = _("watches of timelines")

    def __str__(self) -> str:
        return str(self.channel)
