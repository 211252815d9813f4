"""When a published post is read back next: often while it is new, seldom when it is old, and no more after 90 days.

Readings stand on a grid that all posts share, so that one call reads many of them. Nothing here knows a database.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from social_publisher.networks.base import Engagement

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
READ_FOR = timedelta(days=90)
# Up to which age, and how far apart. Each step but the last is a multiple of the one before.
STEPS = (
    (timedelta(hours=1), timedelta(minutes=20)),
    (timedelta(hours=6), timedelta(hours=2)),
    (timedelta(days=2), timedelta(hours=6)),
    (timedelta(days=7), timedelta(hours=12)),
    (timedelta(days=30), timedelta(days=1)),
    (READ_FOR, timedelta(days=3)),
)
# A rise counts as sudden from so many reactions on, at so many times the pace of the post's life until then.
LEAST_RISE, TIMES_THE_PACE = 10, 3
RISING_BY = 2


def interval_at(age: timedelta, *, rising: bool = False) -> timedelta | None:
    """How far apart readings are at this age, two steps closer where a post rises suddenly; None from 90 days on."""
    step = next((place for place, (until, _interval) in enumerate(STEPS) if age < until), None)
    if step is None:
        return None
    return STEPS[max(step - RISING_BY, 0) if rising else step][1]


def next_reading(
    published_at: datetime, now: datetime, *, rising: bool = False, least: timedelta = timedelta(), live: bool = True
) -> datetime | None:
    """The next moment (UTC) on the grid, at least `least` from now; None where the post is too old.

    What is not `live` costs nobody anything: while it is new it is read as often as it may be.
    """
    interval = interval_at(now - published_at, rising=rising)
    if interval is None:
        return None
    if not live and interval == STEPS[0][1]:
        return now + least
    earliest = now + max(least, timedelta.resolution)
    return EPOCH - (EPOCH - earliest) // interval * interval


def reactions(counts: Engagement) -> int | None:
    """How often people did something with a post; None where nothing of it is told. Being shown is no reaction."""
    told = [
        count
        for count in (counts.likes, counts.reposts, counts.replies, counts.quotes, counts.bookmarks)
        if count is not None
    ]
    return sum(told) if told else None


def is_rising(
    published_at: datetime, before: tuple[datetime, Engagement] | None, at: datetime, now: Engagement
) -> bool:
    """Whether reactions came in much faster since the reading before than in the post's life until then."""
    if before is None:
        return False
    then, now_told = reactions(before[1]), reactions(now)
    if then is None or now_told is None or now_told - then < LEAST_RISE:
        return False
    life, since = before[0] - published_at, at - before[0]
    return (now_told - then) * life > TIMES_THE_PACE * then * since
