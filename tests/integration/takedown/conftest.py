from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from social_publisher.delivery.worker import carry
from social_publisher.models import Delivery, Post
from social_publisher.networks import registry
from social_publisher.networks.base import Account, Network
from social_publisher.networks.rehearsal import RehearsalNetwork
from social_publisher.rehearsal.store import DatabaseWall
from tests.factories import approve_unseen, make_channel, make_post


class Stubborn(RehearsalNetwork):
    """The rehearsal network; what is asked back is written down, and errors are raised in their order."""

    def __init__(self) -> None:
        super().__init__(DatabaseWall())
        self.asked: list[str] = []
        self.errors: list[BaseException | None] = []

    def recall(self, account: Account, remote_id: str) -> None:
        self.asked.append(remote_id)
        error = self.errors.pop(0) if self.errors else None
        if error is not None:
            raise error
        super().recall(account, remote_id)

    def cannot_recall(self) -> None:
        self.capabilities = replace(self.capabilities, recall=False)

    def fail(self, *errors: BaseException | None) -> None:
        self.errors = list(errors)


@pytest.fixture
def network() -> Iterator[Stubborn]:
    usual: Network = registry.get("rehearsal")
    stubborn = Stubborn()
    registry.register(stubborn)
    yield stubborn
    registry.register(usual)


def ids(parts: Sequence[dict[str, str]]) -> list[str]:
    return [part["id"] for part in parts]


def published(*rehearses: str, **fields: Any) -> Post:
    """A post that is out on these channels."""
    post = make_post([make_channel(name) for name in rehearses or ("x", "telegram")], **fields)
    approve_unseen(post)
    ids = list(Delivery.objects.filter(post=post).values_list("pk", flat=True))
    carry(ids, clock=lambda: post.due_at + timedelta(seconds=1))
    assert set(Delivery.objects.filter(post=post).values_list("state", flat=True)) == {"published"}
    return post
