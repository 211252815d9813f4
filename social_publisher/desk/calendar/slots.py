"""Which of the channels' weekly posting times are free, as the calendar draws them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, islice

from social_publisher.desk.calendar.dates import Span
from social_publisher.messages.slots import moments
from social_publisher.models import Channel, Post
from social_publisher.planning.timetable import taken, times_of

HORIZON = timedelta(weeks=4)
MOST = 500


@dataclass(frozen=True, order=True)
class FreeSlot:
    """A moment at which a channel posts and has nothing yet, in UTC; `lead` is how much earlier its post is due."""

    at: datetime
    channel: str
    lead: timedelta = timedelta(0)

    @property
    def due_at(self) -> datetime:
        """When a post has to be due to leave at this moment."""
        return self.at - self.lead


@dataclass(frozen=True)
class FreeTime:
    """A moment, in UTC, at which some channels post and have nothing yet; their names as one text."""

    at: datetime
    channels: str


def free_times(channels: Collection[Channel], span: Span, now: datetime) -> list[FreeTime]:
    """Return the free posting times of some channels in what is left of a span, in order, each moment once."""
    by_moment = groupby(free_slots(channels, span, now), key=lambda slot: slot.at)
    return [FreeTime(at, ", ".join(slot.channel for slot in slots)) for at, slots in by_moment]


def free_slots(channels: Collection[Channel], span: Span, now: datetime) -> list[FreeSlot]:
    """Return the free posting times of some channels in what is left of a span, in order; at most MOST of each."""
    ahead = Span(max(span.start, now), span.end)
    if ahead.start >= ahead.end or not channels:
        return []
    weekly = times_of(channels)
    slots = {
        channel: list(moments(weekly[channel.pk], channel.zone, ahead.start, ahead.end))
        for channel in channels
        if channel.pk in weekly
    }
    among = {moment for found in slots.values() for moment in found}
    busy = taken(weekly, ahead.start, ahead.end, among=among) if weekly else {}
    return sorted(
        FreeSlot(moment, channel.name)
        for channel, found in slots.items()
        for moment in islice((moment for moment in found if moment not in busy[channel.pk]), MOST)
    )


def next_free(post: Post, now: datetime) -> FreeSlot | None:
    """The free posting time of any of a post's channels in the coming weeks for which it is due the soonest."""
    variants = list(post.current().variants.select_related("channel"))
    leads = {variant.channel.name: timedelta(minutes=variant.offset_minutes) for variant in variants}
    found = free_slots([variant.channel for variant in variants], Span(now, now + HORIZON), now)
    slots = [FreeSlot(slot.at, slot.channel, leads[slot.channel]) for slot in found]
    return min((slot for slot in slots if slot.due_at >= now), key=lambda slot: slot.due_at, default=None)
