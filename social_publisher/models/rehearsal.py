from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class RehearsalPost(models.Model):
    """A post on the rehearsal wall. This is the network's own record, apart from the ledger's."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    key = models.UUIDField(unique=True, help_text=_("The sender's idempotency key: one key, one post."))
    handle = models.CharField(max_length=120)
    rehearses = models.CharField(max_length=20)
    text = models.TextField()
    language = models.CharField(max_length=10)
    attachments = models.JSONField(default=list)
    warning = models.CharField(max_length=200, blank=True)
    card = models.JSONField(null=True, blank=True, help_text=_("Title and description of the link's card."))
    reply_to = models.UUIDField(null=True, blank=True, help_text=_("The part of the thread before this one."))
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("rehearsal post")
        verbose_name_plural = _("rehearsal posts")

    def __str__(self) -> str:
        return self.text[:60]


class RehearsalLike(models.Model):
    """One real click on "like" on the wall. Nothing about the reader is kept."""

    post = models.ForeignKey(RehearsalPost, on_delete=models.CASCADE, related_name="likes")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("rehearsal like")
        verbose_name_plural = _("rehearsal likes")

    def __str__(self) -> str:
        return f"{self.post} {self.at:%H:%M:%S}"
