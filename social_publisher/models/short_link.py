from __future__ import annotations

import secrets
import string

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from social_publisher.models.channel import Channel
from social_publisher.models.post import Post

CODE_LENGTH = 10
ALPHABET = string.ascii_letters + string.digits
# Counts on every network as the code it stands for.
PLACEHOLDER = "x" * CODE_LENGTH


def new_code() -> str:
    """Return a code of 59 random bits: unguessable, and the witness of its delivery on a network's timeline."""
    return "".join(secrets.choice(ALPHABET) for _position in range(CODE_LENGTH))


def address(code: str) -> str:
    """Return the public address of a code on this installation."""
    return f"{settings.PUBLIC_BASE_URL}/go/{code}"


class ShortLink(models.Model):
    """The tracked link of one post on one channel. Never one per person: it counts posts, not people.

    `url` is kept as it was made, so that a moved installation does not change a text two people have approved.
    """

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    url = models.URLField(max_length=300)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="short_links")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="short_links")
    target_page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    target_url = models.URLField(max_length=1000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "channel"], name="one_short_link_per_post_and_channel")]
        verbose_name = _("short link")
        verbose_name_plural = _("short links")

    def __str__(self) -> str:
        return self.url

    def save(self, *args: object, **kwargs: object) -> None:
        """Fix the public address when the link is made."""
        if not self.url:
            self.url = address(self.code)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def target(self) -> str:
        """Where it leads, by identity: a page keeps its identity when its address changes."""
        return f"page:{self.target_page_id}" if self.target_page_id else self.target_url
