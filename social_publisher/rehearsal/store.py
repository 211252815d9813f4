from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from social_publisher.models import RehearsalPost
from social_publisher.networks.base import Outgoing


class DatabaseWall:
    """The rehearsal network's posts, kept in tables of their own. A key is one post, whoever calls when."""

    def put(self, key: str, handle: str, rehearses: str, post: Outgoing) -> tuple[str, datetime]:
        """Keep the post unless the key is known; return its id and time either way."""
        row, _created = RehearsalPost.objects.get_or_create(
            key=UUID(key),
            defaults={
                "handle": handle,
                "rehearses": rehearses,
                "text": post.text,
                "language": post.language,
                "reply_to": UUID(post.reply_to) if post.reply_to else None,
                "attachments": [asdict(attachment) for attachment in post.attachments],
                "warning": post.warning,
                "card": {"title": post.card.title, "description": post.card.description} if post.card else None,
                "created_at": timezone.now(),
            },
        )
        return str(row.public_id), row.created_at

    def get(self, key: str) -> tuple[str, datetime] | None:
        """Return the id and time of the post with this key."""
        row = RehearsalPost.objects.filter(key=UUID(key)).first()
        return (str(row.public_id), row.created_at) if row else None

    def url(self, remote_id: str) -> str:
        """Return the post's place on the wall."""
        return f"{settings.PUBLIC_BASE_URL}/rehearsal/#post-{remote_id}"

    def likes(self, remote_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the likes of those posts that are on the wall."""
        rows = RehearsalPost.objects.filter(public_id__in=remote_ids).annotate(count=Count("likes"))
        return {str(public_id): count for public_id, count in rows.values_list("public_id", "count")}

    def remove(self, remote_id: str) -> None:
        """Take the post down, if it is there."""
        RehearsalPost.objects.filter(public_id=remote_id).delete()
