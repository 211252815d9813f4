"""A channel's weekly posting times as moments, and which of them are free."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from social_publisher.desk.calendar.dates import DAY, Span
from social_publisher.models import Channel, Plan, Slot

HORIZON = timedelta(weeks=4)
MOST = 500


@dataclass(frozen=True, order=True)
class FreeSlot:
    """A moment at which a channel posts and has nothing yet, in UTC."""

    at: datetime
    channel: str


def moments(slots: Iterable[tuple[int, time]], zone: tzinfo, span: Span) -> list[datetime]:
    """Return when weekly times of a zone come in a span, in UTC. One that clocks skip comes later by as much as they
    are set forward, one that they repeat comes once."""
    times = list(slots)
    day, last = span.start.astimezone(zone).date() - DAY, span.end.astimezone(zone).date()
    found = set()
    while day <= last:
        found |= {datetime.combine(day, at, zone).astimezone(UTC) for weekday, at in times if weekday == day.weekday()}
        day += DAY
    return sorted(moment for moment in found if moment in span)


def free_slots(channels: Collection[Channel], span: Span, now: datetime) -> list[FreeSlot]:
    """Return the free posting times of some channels in what is left of a span, in order; at most MOST of each."""
    ahead = Span(max(span.start, now), span.end)
    if not channels or ahead.start >= ahead.end:
        return []
    weekly: dict[int, list[tuple[int, time]]] = {}
    for channel_id, weekday, at in Slot.objects.filter(channel__in=channels).values_list("channel", "weekday", "time"):
        weekly.setdefault(channel_id, []).append((weekday, at))
    offered = {
        channel: moments(weekly[channel.pk], channel.zone, ahead)[:MOST] for channel in channels if channel.pk in weekly
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
