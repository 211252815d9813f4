"""The contract between delivery and a network. Adding a network is one module that fulfils it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from social_publisher.messages.render import Attachment, Draft, Rendered, render
from social_publisher.messages.rules import TextRules


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a network. `credentials` never appears in a repr, a log or an error."""

    handle: str
    settings: Mapping[str, str] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Everything needed to send one post, and to send exactly the same again.

    `idempotency_key` and `record_key` are fixed before the first call; `armed_at` is in UTC.
    """

    text: str
    language: str
    attachments: tuple[Attachment, ...]
    link: str
    idempotency_key: str
    record_key: str
    armed_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """The network's proof of a post: its id, its public address, its time (UTC), and the answer as it came."""

    remote_id: str
    url: str
    published_at: datetime
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """The post is on the network."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Absent:
    """The post is surely not on the network."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The network offers no way to know."""

    reason: str


Witness = Found | Absent | CannotTell


@dataclass(frozen=True, slots=True)
class Engagement:
    """Counts of one post as the network tells them now. None is "not told", never 0."""

    impressions: int | None = None
    likes: int | None = None
    reposts: int | None = None
    replies: int | None = None
    quotes: int | None = None
    bookmarks: int | None = None
    clicks: int | None = None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the network can do, so that delivery can rely on it.

    `lever`: a repeated send with the same keys is one post. `witness`: `find` can answer Found or Absent.
    """

    lever: bool
    witness: bool
    recall: bool
    engagement: frozenset[str]
    alt_text: bool = True
    live: bool = True


class Network(ABC):
    """One network. Implementations keep no state between calls and may be used by many threads at once."""

    slug: str
    name: str
    capabilities: Capabilities

    @abstractmethod
    def rules(self, account: Account) -> TextRules:
        """Return the limits that hold for this account."""

    def render(self, account: Account, draft: Draft) -> Rendered:
        """Return exactly what `send` would send."""
        return render(draft, self.rules(account))

    @abstractmethod
    def send(self, account: Account, post: Outgoing) -> Receipt:
        """Publish. Raises a NetworkError; anything that may have been accepted is UnknownOutcomeError."""

    @abstractmethod
    def find(self, account: Account, post: Outgoing) -> Witness:
        """Look for a post whose outcome is not known."""

    @abstractmethod
    def read_engagement(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Engagement]:
        """Return the counts of these posts; a post the network no longer has is missing from the answer."""

    @abstractmethod
    def recall(self, account: Account, remote_id: str) -> None:
        """Take a post back; taking back what is already gone succeeds. Raises UnsupportedError where not possible."""
