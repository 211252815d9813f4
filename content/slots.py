"""Places that another room fills: what is published elsewhere. This room knows the shape, never who fills it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django.utils.safestring import SafeString

from content.records import Campaign
from media.models import CampaignImage


@dataclass(frozen=True, slots=True)
class Account:
    """An account that speaks for us. `handle` is written as its network writes it; `kind` is the network's slug."""

    kind: str
    network: str
    handle: str
    url: str
    name: str
    language: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post can be seen on its network, or on the rehearsal wall."""

    network: str
    url: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class PostPicture:
    """A post's picture from our own library, and its description as it left."""

    image: CampaignImage
    alt_text: str


@dataclass(frozen=True, slots=True)
class PublishedPost:
    """A post as it left. `html` is safe; `warning` is a content warning, to be read before the rest."""

    html: SafeString
    language: str
    published_at: datetime
    places: tuple[Place, ...]
    picture: PostPicture | None = None
    has_video: bool = False
    warning: str = ""

    @property
    def is_live(self) -> bool:
        """It is on a public network, not only on the rehearsal wall."""
        return any(place.is_live for place in self.places)


@dataclass(frozen=True, slots=True)
class Result:
    """A number of a campaign with what it is. `value` is None where nobody told it."""

    label: str
    value: int | Decimal | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What a campaign promised to reach. An `actual` of None is "not reported"; `share` is percent of the way."""

    stage: str
    label: str
    baseline: int | None
    target: int | None
    actual: int | None
    share: int | None
    source: str
    as_of: date | None


@dataclass(frozen=True, slots=True)
class CampaignResults:
    """What a campaign brought until now, as it wants to be seen. `by` are results by network and by language."""

    numbers: tuple[Result, ...]
    promises: tuple[Promise, ...]
    networks: tuple[tuple[str, tuple[Result, ...]], ...]
    languages: tuple[tuple[str, tuple[Result, ...]], ...]
    clicks_as_of: datetime | None
    networks_read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Front:
    """What a campaign's page shows of us: its accounts, its newest posts, and whether there are results to see."""

    accounts: Sequence[Account] = ()
    posts: Sequence[PublishedPost] = ()
    has_results: bool = False


class Outlet(Protocol):
    """What the room that publishes can tell. Every method takes a fixed number of queries."""

    def accounts(self, campaign: Campaign | None = None) -> list[Account]:
        """Return a campaign's accounts, rehearsing ones too; without a campaign, every live one."""

    def newest_posts(self, campaign: Campaign, number: int) -> list[PublishedPost]:
        """Return the newest published posts, each once, newest first."""

    def all_posts(self, campaign: Campaign) -> Sequence[PublishedPost]:
        """Return all of them; slices are read when they are asked for."""

    def has_posted(self, address: str) -> bool:
        """Say whether a post of ours is at this public address."""

    def front(self, campaign: Campaign, number: int) -> Front:
        """Return what a campaign's page shows. One query where there is nothing, four at most."""

    def shows_results(self, campaign: Campaign) -> bool:
        """Say whether the campaign wants its results to be public. One query."""

    def results(self, campaign: Campaign) -> CampaignResults | None:
        """Return what it brought, or None where that is not public."""


class NothingPublished:
    """No room publishes: no accounts, no posts."""

    def accounts(self, campaign: Campaign | None = None) -> list[Account]:
        return []

    def newest_posts(self, campaign: Campaign, number: int) -> list[PublishedPost]:
        return []

    def all_posts(self, campaign: Campaign) -> Sequence[PublishedPost]:
        return []

    def has_posted(self, address: str) -> bool:
        return False

    def front(self, campaign: Campaign, number: int) -> Front:
        return Front()

    def shows_results(self, campaign: Campaign) -> bool:
        return False

    def results(self, campaign: Campaign) -> CampaignResults | None:
        return None


_filled: list[Outlet] = [NothingPublished()]


def fill_outlet(outlet: Outlet) -> None:
    """Let a room fill the place; a later one replaces it."""
    _filled[0] = outlet


def outlet() -> Outlet:
    """Return what fills the place now."""
    return _filled[0]
