"""The rehearsal network: the site's own wall, with the limits of the network each channel rehearses.

It behaves as a good network would: a repeated key is one post, posts can be found, counted and taken back.
Where its posts are kept is given to it, so that this module knows no database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from social_publisher.messages.render import Composed, examine
from social_publisher.messages.rules import MASTODON, RULES, TextRules
from social_publisher.networks.base import (
    Absent,
    Account,
    Capabilities,
    Engagement,
    Found,
    Network,
    Outgoing,
    Reading,
    Receipt,
    Witness,
)
from social_publisher.networks.errors import RefusedError

REHEARSES = "rehearses"
# What our own checks stand against, and no network.
FORGIVEN = {"no-alt-text"}


class Wall(Protocol):
    """Where rehearsal posts are kept. Ids are opaque strings; times are in UTC."""

    def put(self, key: str, handle: str, rehearses: str, post: Outgoing) -> tuple[str, datetime]:
        """Keep the post unless the key is known; return its id and time either way."""

    def get(self, key: str) -> tuple[str, datetime] | None:
        """Return the id and time of the post with this key."""

    def url(self, remote_id: str) -> str:
        """Return the public address of a post."""

    def likes(self, remote_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the likes of those posts that exist."""

    def remove(self, remote_id: str) -> None:
        """Take the post down, if it is there."""


class RehearsalNetwork(Network):
    """Shows posts on the site's own wall and never anywhere else."""

    slug = "rehearsal"
    name = "Rehearsal"
    capabilities = Capabilities(
        lever=True,
        witness=True,
        recall=True,
        engagement=frozenset({"likes"}),
        live=False,
        reading=Reading(posts_a_call=1000, least=timedelta(seconds=10)),
        settling=timedelta(seconds=3),  # the wall is our own table: what is not there then is not there
    )

    def __init__(self, wall: Wall) -> None:
        self._wall = wall

    def rules(self, account: Account) -> TextRules:
        """The limits of the network that this channel rehearses."""
        return RULES.get(account.settings.get(REHEARSES, ""), MASTODON)

    def send(self, account: Account, post: Outgoing) -> Receipt:
        """Put the post on the wall, once a key. Refuses what the rehearsed network would refuse."""
        rules = self.rules(account)
        rendered = examine(Composed((post.text,), post.language, post.attachments, post.warning, post.card), rules)
        refused = [problem.message for problem in rendered.problems if problem.code not in FORGIVEN]
        if refused:
            raise RefusedError(" ".join(refused))
        remote_id, at = self._wall.put(
            post.idempotency_key, account.handle, account.settings.get(REHEARSES, "mastodon"), post
        )
        return self._receipt(remote_id, at)

    def find(self, account: Account, post: Outgoing) -> Witness:
        """Look the key up on the wall."""
        known = self._wall.get(post.idempotency_key)
        return Found(self._receipt(*known)) if known else Absent()

    def read_engagement(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Engagement]:
        """Likes are real clicks on the wall; the wall tells nothing else."""
        return {remote_id: Engagement(likes=likes) for remote_id, likes in self._wall.likes(remote_ids).items()}

    def recall(self, account: Account, remote_id: str) -> None:
        """Take the post off the wall."""
        self._wall.remove(remote_id)

    def _receipt(self, remote_id: str, at: datetime) -> Receipt:
        raw: dict[str, Any] = {"id": remote_id, "created_at": at.isoformat()}
        return Receipt(remote_id, self._wall.url(remote_id), at, raw)
