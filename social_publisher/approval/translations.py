"""Which language a post is for, who has checked a machine's translation, and which channels do not fit."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from social_publisher.approval.audit import record
from social_publisher.approval.errors import ApprovalError, ChangedError
from social_publisher.models import Channel, Post


@transaction.atomic
def clear_machine_mark(post: Post, user: Any, seen_revision: int) -> None:
    """Record that this person has read a machine's translation and found it right. They count as its last editor.

    Raises ChangedError if the newest draft is not the one they saw, ApprovalError if nothing is marked.
    """
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    content = post.current()
    if post.latest_revision_id != seen_revision:
        raise ChangedError(_("The post changed while you were reading it. Read it again, then decide."))
    if not content.from_machine:
        raise ApprovalError(
            _("This text is not marked as a machine's translation. Somebody may have checked it already.")
        )
    content.from_machine = False
    content.save_revision(user=user, machine_checked=True, clean=False)
    record("translation.checked", post, user, post=post.pk, language=post.language, revision=seen_revision)


def other_language_channels(content: Post) -> list[Channel]:
    """The channels of a post whose readers expect another language."""
    return [variant.channel for variant in content.variants.all() if variant.channel.language != content.language]
