"""Which of the channels' weekly posting times are free, as the calendar draws them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from social_publisher.desk.calendar.dates import Span
from social_publisher.messages.slots import moments
from social_publisher.models import Channel, Plan
from social_publisher.planning.timetable import times_of

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
    offered = {
        channel: list(islice(moments(weekly[channel.pk], channel.zone, ahead.start, ahead.end), MOST))
        for channel in channels
        if channel.pk in weekly
    }
    wanted = {moment for offers in offered.values() for moment in offers}
    taken = Plan.objects.filter(due_at__in=wanted).values_list("due_at", "channel_ids") if wanted else []
    busy = {(pk, due_at) for due_at, ids in taken for pk in ids}
    return sorted(
        FreeSlot(moment, channel.name)
        for channel, offers in offered.items()
        for moment in offers
        if (channel.pk, moment) not in busy
    )


def next_free(channels: Collection[Channel], now: datetime) -> FreeSlot | None:
    """The first free posting time of any of the channels in the coming weeks."""
    return next(iter(free_slots(channels, Span(now, now + HORIZON), now)), None)
