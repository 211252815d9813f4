"""A network that takes every post at once and tells when it was called."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from social_publisher.messages.rules import MASTODON, TextRules
from social_publisher.networks import registry
from social_publisher.networks.base import (
    Absent,
    Account,
    Capabilities,
    Engagement,
    Network,
    Outgoing,
    Receipt,
    Witness,
)

_number = itertools.count(1)


class NoopNetwork(Network):
    """Takes everything, keeps nothing."""

    slug = "noop"
    name = "No-op"
    capabilities = Capabilities(lever=True, witness=True, recall=False, engagement=frozenset())

    def rules(self, account: Account) -> TextRules:
        return MASTODON

    def send(self, account: Account, post: Outgoing) -> Receipt:
        now = datetime.now(UTC)
        return Receipt(f"{next(_number)}", "https://noop.example/1", now, {"id": post.idempotency_key})

    def find(self, account: Account, post: Outgoing) -> Witness:
        return Absent()

    def read_engagement(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Engagement]:
        return {}

    def recall(self, account: Account, remote_id: str) -> None:
        return None


def install() -> None:
    """Make it available in this process."""
    registry.register(NoopNetwork())
