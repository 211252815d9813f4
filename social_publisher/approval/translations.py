"""Which texts of a post are translated, and who has checked a machine's translation."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from social_publisher.approval.audit import record
from social_publisher.approval.errors import ApprovalError, ChangedError
from social_publisher.approval.keeping import keep
from social_publisher.messages.untranslated import is_untranslated
from social_publisher.models import Post

# The texts of a post itself; its channels' own texts and its pictures' descriptions are translated too.
TRANSLATED = ("text", "link_title", "link_description", "video_alt", "content_warning")


@transaction.atomic
def clear_machine_mark(post: Post, user: Any, seen_revision: int) -> None:
    """Record that this person has read a machine's translation and found it right. They count as its last editor.

    Raises ChangedError if the newest draft is not the one they saw, ApprovalError if nothing is marked, or
    nothing is translated.
    """
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    content = post.current()
    if post.latest_revision_id != seen_revision:
        raise ChangedError(_("The post changed while you were reading it. Read it again, then decide."))
    if not content.from_machine:
        raise ApprovalError(
            _("This text is not marked as a machine's translation. Somebody may have checked it already.")
        )
    if has_untranslated(content):
        raise ApprovalError(_("It is not translated yet: a text still begins with a mark such as [en→ro]."))
    content.from_machine = False
    keep(content, user, clean=False, machine_checked=True)
    record("translation.checked", post, user, post=post.pk, language=post.language, revision=seen_revision)


def has_untranslated(content: Post) -> bool:
    """Whether a text of the post still bears the mark it was copied with."""
    words = [getattr(content, name) for name in TRANSLATED]
    for variant in content.variants.all():
        words += [variant.text, variant.alt_text]
    words += [item.alt_text for item in content.images.all()]
    return any(map(is_untranslated, words))
