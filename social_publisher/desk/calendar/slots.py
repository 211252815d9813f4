"""Which of the channels' weekly posting times are free, as the calendar draws them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from social_publisher.desk.calendar.dates import Span
from social_publisher.messages.slots import free
from social_publisher.models import Channel
from social_publisher.planning.timetable import taken, times_of

HORIZON = timedelta(weeks=4)
MOST = 500


@dataclass(frozen=True, order=True)
class FreeSlot:
    """A moment at which a channel posts and has nothing yet, in UTC."""

    at: datetime
    channel: str


def free_slots(channels: Collection[Channel], span: Span, now: datetime) -> list[FreeSlot]:
    """Return the free posting times of some channels in what is left of a span, in order; at most MOST of each."""
    ahead = Span(max(span.start, now), span.end)
    if not channels or ahead.start >= ahead.end:
        return []
    weekly = times_of(channels)
    busy = taken(weekly, ahead.start, ahead.end) if weekly else {}
    return sorted(
        FreeSlot(moment, channel.name)
        for channel in channels
        if channel.pk in weekly
        for moment in islice(free(weekly[channel.pk], channel.zone, ahead.start, ahead.end, busy[channel.pk]), MOST)
    )


def next_free(channels: Collection[Channel], now: datetime) -> FreeSlot | None:
    """The first free posting time of any of the channels in the coming weeks."""
    return next(iter(free_slots(channels, Span(now, now + HORIZON), now)), None)
