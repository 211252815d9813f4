"""The contract between delivery and a network. Adding a network is one module that fulfils it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from social_publisher.messages.render import Attachment, Card, Composed, Draft, Rendered, compose, examine
from social_publisher.messages.rules import TextRules
from social_publisher.networks.errors import UnsupportedError

if TYPE_CHECKING:
    from social_publisher.networks.connect import Connector


# The setting of an account that holds the network's own id of it.
ACCOUNT_ID = "account_id"


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a network. `credentials` never appears in a repr, a log or an error."""

    handle: str
    settings: Mapping[str, str] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)


class Scope(StrEnum):
    """Whom a limit binds: one account, or all accounts of this installation on one service."""

    CHANNEL = "channel"
    APP = "app"


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `count` posts in any `per`."""

    scope: Scope
    count: int
    per: timedelta


@dataclass(frozen=True, slots=True)
class Remaining:
    """What the network's headers say is left until `resets_at` (UTC)."""

    scope: Scope
    count: int
    resets_at: datetime


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A picture or video the network already has, by its own id, and until when (UTC) it keeps it; None is "for good".

    `processing`: it cannot be used yet, and `Network.upload_wait` says when.
    """

    remote_id: str
    kept_until: datetime | None = None
    processing: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Everything needed to send one message, and to send exactly the same again.

    `idempotency_key`, `record_key` and `created_at` (UTC, the time the message bears) are fixed before the first call
    and the same in every attempt. `reply_to` and `thread` are the remote ids of the part before and of the first part.
    `media` has one entry an attachment: the id of its upload, or its bytes where the network has no uploads;
    `card_media` is the same for the picture of the card, and None where it has none. `warning` is a content warning.
    `known` are the remote ids of the account's other posts that left from here: `find` passes them over, whatever
    they say.
    """

    text: str
    language: str
    attachments: tuple[Attachment, ...]
    link: str
    idempotency_key: str
    record_key: str
    created_at: datetime
    reply_to: str = ""
    thread: str = ""
    media: tuple[str | bytes, ...] = field(default=(), repr=False)
    warning: str = ""
    card: Card | None = None
    card_media: str | bytes | None = field(default=None, repr=False)
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The network's proof of a post: its id, its public address, its time (UTC), and the answer as it came.

    `repeated`: the network refused to take it again and named this one; it counts unless that is known as another post.
    """

    remote_id: str
    url: str
    published_at: datetime
    raw: Mapping[str, Any] = field(default_factory=dict)
    remaining: tuple[Remaining, ...] = ()
    repeated: bool = False


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
class SeenPost:
    """A post on an account's own timeline, whoever made it: the beginning of its words, and its time (UTC)."""

    remote_id: str
    url: str
    words: str
    posted_at: datetime


# How much of a seen post's words is kept, and how many posts of one look.
SEEN_WORDS, SEEN_POSTS = 500, 200


@dataclass(frozen=True, slots=True)
class Reading:
    """How counts are read back: how many posts a call, how many calls in a time, and what a post costs in US dollars.

    `least` is how long a reading holds at least.
    """

    posts_a_call: int = 1
    limit: RateLimit = RateLimit(Scope.CHANNEL, 60, timedelta(minutes=5))
    price: Decimal = Decimal(0)
    least: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the network can do, so that delivery can rely on it.

    `lever`: a repeated send with the same keys is one post. `witness`: `find` can answer Found or Absent.
    `uploads`: pictures and videos are uploaded before the post, and an upload is remembered. `settling`: how long
    after a call a post that was taken may still be missing from what `find` sees; longer than the call's own time-out.
    """

    lever: bool
    witness: bool
    recall: bool
    engagement: frozenset[str]
    alt_text: bool = True
    live: bool = True
    uploads: bool = False
    limits: tuple[RateLimit, ...] = ()
    reading: Reading = field(default_factory=lambda: Reading())
    settling: timedelta = timedelta(seconds=60)

    @property
    def settles_itself(self) -> bool:
        """An unknown outcome is settled without a person; else a post is armed alone, just before its call."""
        return self.witness


class Network(ABC):
    """One network. Implementations keep no state between calls and may be used by many threads at once."""

    slug: str
    name: str
    capabilities: Capabilities
    # How its accounts are connected; None where there is nothing to connect.
    connector: Connector | None = None

    def close(self) -> None:  # noqa: B027
        """Give connections back. It may be used again."""

    @abstractmethod
    def rules(self, account: Account) -> TextRules:
        """Return the limits that hold for this account."""

    def compose(self, account: Account, draft: Draft) -> Composed:
        """Return exactly the words that `send` would send."""
        return compose(draft, self.rules(account))

    def examine(self, account: Account, composed: Composed) -> Rendered:
        """Measure what leaves, and say what stands against it."""
        return examine(composed, self.rules(account))

    def render(self, account: Account, draft: Draft) -> Rendered:
        """Compose and examine."""
        return self.examine(account, self.compose(account, draft))

    def service(self, account: Account) -> str:
        """Name the service whose outages and app-wide limits this account shares: the network, or one server of it."""
        return self.slug

    def record_key(self, created_at: datetime) -> str:
        """Return a new key for a record whose key the client chooses; empty where the network chooses."""
        return ""

    def price(self, account: Account, composed: Composed) -> Decimal | None:
        """What the network charges for sending this, in US dollars; None where it charges nothing."""
        return None

    def upload(self, account: Account, attachment: Attachment, content: bytes) -> Uploaded:
        """Give the network a picture or video. Raises a NetworkError; nothing of it is public before `send`."""
        raise UnsupportedError(f"{self.name} has no uploads.")

    def upload_wait(self, account: Account, attachment: Attachment, remote_id: str) -> timedelta | None:
        """Return how long to wait until an upload can be used; None when it can.

        Raises RefusedError when the network could not process it.
        """
        return None

    @abstractmethod
    def send(self, account: Account, post: Outgoing) -> Receipt:
        """Publish. Raises a NetworkError; anything that may have been accepted is UnknownOutcomeError."""

    @abstractmethod
    def find(self, account: Account, post: Outgoing) -> Witness:
        """Look for a post whose outcome is not known."""

    def own_posts(self, account: Account, since: datetime) -> Sequence[SeenPost] | None:
        """Return what the account posted since then (UTC), newest first, other people's posts it passed on included.

        At most SEEN_POSTS; None where the network does not let us read that. Raises a NetworkError.
        """
        return None

    def identify(self, account: Account, url: str) -> str:
        """Return the remote id in a post's public address. Raises ValueError when it is no post's address."""
        remote_id = url.rstrip("/").rsplit("/", 1)[-1]
        if not url.startswith(("https://", "http://")) or not remote_id or remote_id in url.split("/")[:3]:
            raise ValueError(url)
        return remote_id

    @abstractmethod
    def read_engagement(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Engagement]:
        """Return the counts of these posts; a post the network no longer has is missing from the answer."""

    @abstractmethod
    def recall(self, account: Account, remote_id: str) -> None:
        """Take a post back; taking back what is already gone succeeds. Raises UnsupportedError where not possible."""
