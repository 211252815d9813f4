"""Keeping a changed post as a person's draft, on every path but the composer's own."""

from __future__ import annotations

from typing import Any

from social_publisher.models import Post


def keep(content: Post, user: Any, *, changed: bool = True, clean: bool = True, machine_checked: bool = False) -> Any:
    """Save this content as the person's draft and return the revision; an approval of anything else is void then.

    Where nothing of the post was ever approved it is saved in the row too, which is what lists and packages read
    without opening a draft for each.
    """
    if not content.live:
        changed = content.has_unpublished_changes = False
        content.save()
    return content.save_revision(
        user=user, changed=changed, clean=clean, machine_checked=machine_checked, log_action=True
    )
