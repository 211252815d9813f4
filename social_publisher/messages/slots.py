"""Weekly posting times as moments, and how to spread posts over them.

One rule for every local time that is planned ahead: a time that clocks skip that day is moved later by as much as they
are set forward, so that 03:30 becomes 04:30; a time that comes twice is the first of the two.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

# As Python counts weekdays (Monday is 0), and a local time.
WeeklyTime = tuple[int, time]
DAY = timedelta(days=1)


def moment_of(day: date, at: time, zone: tzinfo) -> datetime:
    """The moment in UTC that a local time means in the zone that day, by the rule above."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def is_moved(day: date, at: time, zone: tzinfo) -> bool:
    """Whether clocks skip this local time that day, so that the rule moves it."""
    return moment_of(day, at, zone).astimezone(zone).replace(tzinfo=None) != datetime.combine(day, at)


def moments(times: Collection[WeeklyTime], zone: tzinfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Every moment of the weekly times from `start` on and before `end`, in order and in UTC, each once."""
    by_day: dict[int, list[time]] = {}
    for weekday, at in times:
        by_day.setdefault(weekday, []).append(at)
    day = start.astimezone(zone).date() - DAY  # a moved time may belong to the day before
    last = end.astimezone(zone).date()
    before = datetime.min.replace(tzinfo=UTC)
    while by_day and day <= last:
        for moment in sorted({moment_of(day, at, zone) for at in by_day.get(day.weekday(), ())}):
            if start <= moment < end and moment > before:
                yield moment
                before = moment
        day += DAY


def free(
    times: Collection[WeeklyTime], zone: tzinfo, start: datetime, end: datetime, taken: Collection[datetime]
) -> Iterator[datetime]:
    """The moments of the weekly times that nothing has been planned for, in order and in UTC."""
    return (moment for moment in moments(times, zone, start, end) if moment not in taken)


def spread(
    wishes: Sequence[Hashable], slots: Mapping[Hashable, Iterable[datetime]], start: datetime, end: datetime
) -> list[datetime | None]:
    """Give each wish (a channel, in the order its posts should leave) one of that channel's moments, none given twice.

    All of them together are spread evenly from `start` to `end`; on each channel they keep their order. None where a
    channel has no moment left.
    """
    left = {channel: sorted(slots.get(channel, ())) for channel in dict.fromkeys(wishes)}
    step = (end - start) / max(1, len(wishes))
    given: dict[Hashable, list[datetime]] = {channel: [] for channel in left}
    for place, channel in enumerate(wishes):
        if left[channel]:
            ideal = start + step * place + step / 2
            nearest = min(left[channel], key=lambda moment: (abs(moment - ideal), moment))
            left[channel].remove(nearest)
            given[channel].append(nearest)
    in_order = {channel: iter(sorted(found)) for channel, found in given.items()}
    return [next(in_order[channel], None) for channel in wishes]
