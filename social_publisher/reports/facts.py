"""A report as plain data. It has no language: the same data is the same report in every language and format."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from social_publisher.engagement.figures import Figures
from social_publisher.engagement.steps import Step

Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: a campaign, or a project with all of its campaigns."""

    kind: str
    code: str
    name: str
    project: str
    grant: str
    goal: str
    goal_language: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the period. `code` names it in `definitions`; None is "not told", never 0."""

    code: str
    stage: str
    value: Value


@dataclass(frozen=True, slots=True)
class Indicator:
    """What was promised and what is reached until the period's end. `labels` are its words by language."""

    about: str
    stage: str
    counts: str
    label: str
    labels: Mapping[str, str]
    baseline: int | None
    target: int | None
    is_approximate: bool
    actual: int | None
    share: int | None
    source: str
    as_of: date | None
    entered_by: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A post on a channel as it left, and what it brought in the period. It left in the period, or earlier and still
    brought something. `approval` says how it was approved, by roles and not by names."""

    delivery: int
    post: int
    campaign: str
    text: str
    language: str
    channel: str
    network: str
    published_at: datetime
    left_in_period: bool
    approval: str
    state: str
    url: str
    figures: Figures
    readers_of_a_day: int | None


@dataclass(frozen=True, slots=True)
class Activity:
    """A row of the Funding & Tenders Portal's table of communication activities. `channel` and `status` are its own."""

    campaign: str
    network: str
    goal: str
    audiences: tuple[str, ...]
    channel: str
    status: str
    posts: int
    figures: Figures
    reads: int
    downloads: int


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. Times are UTC, days those of the installation's zone."""

    subject: Subject
    first: date | None
    last: date
    clicks_as_of: datetime | None
    networks_read_at: datetime | None
    numbers: tuple[Number, ...]
    indicators: tuple[Indicator, ...]
    steps: tuple[Step, ...]
    channels: tuple[tuple[str, str, Figures], ...]
    languages: tuple[tuple[str, Figures], ...]
    pages: tuple[tuple[str, str, int], ...]
    evidence: tuple[Evidence, ...]
    activities: tuple[Activity, ...]
    zone: str
    rehearsal: bool
    # Who pays, for the notice; words of a funder are not data of the report.
    funding: Any = field(default=None, compare=False)

    @property
    def data(self) -> dict[str, Any]:
        """What the report says, as JSON can hold it: neither the words of the funder, nor when the numbers were looked
        at, which changes without them."""
        found = asdict(self)
        for name in ("funding", "clicks_as_of", "networks_read_at"):
            del found[name]
        plain: dict[str, Any] = json.loads(json.dumps(found, default=_plain))
        return plain

    @property
    def digest(self) -> str:
        """SHA-256 of the data in one canonical form: keys in order, no blanks, UTF-8."""
        canonical = json.dumps(self.data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"a report cannot hold a {type(value).__name__}")
