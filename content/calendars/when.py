from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from content.calendars.zones import zone_name


def _wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class When:
    """When an event takes place. Both moments are in the event's own zone; without `ends` the end is not known.

    With `whole_days` only the days count, and `ends` is the last of them.
    """

    starts: datetime
    ends: datetime | None = None
    whole_days: bool = False

    @property
    def start(self) -> datetime:
        """What a clock at the place shows when it begins."""
        return _wall(self.starts)

    @property
    def end(self) -> datetime | None:
        """What a clock at the place shows when it ends."""
        return _wall(self.ends) if self.ends else None

    @property
    def first_day(self) -> date:
        """The day it begins on, at the place."""
        return self.starts.date()

    @property
    def last_day(self) -> date:
        """The day it ends on, at the place; one that ends at midnight ends on the day before."""
        if self.ends is None:
            return self.first_day
        if not self.whole_days and self.ends.time() == time.min and self.ends > self.starts:
            return (self.ends - timedelta(days=1)).date()
        return self.ends.date()

    @property
    def several_days(self) -> bool:
        """Whether it lasts over more than one day."""
        return self.last_day > self.first_day

    @property
    def over_at(self) -> datetime:
        """The moment from which it is past: its end, or the end of its last day."""
        if self.ends is not None and not self.whole_days:
            return self.ends.astimezone(UTC)
        midnight = datetime.combine(self.last_day + timedelta(days=1), time.min, self.starts.tzinfo)
        return midnight.astimezone(UTC)

    @property
    def utc_start(self) -> datetime:
        """What a clock in UTC shows when it begins."""
        return _wall(self.starts.astimezone(UTC))

    @property
    def utc_end(self) -> datetime | None:
        """What a clock in UTC shows when it ends."""
        return _wall(self.ends.astimezone(UTC)) if self.ends else None

    @property
    def utc_several_days(self) -> bool:
        """Whether it lasts over more than one day of UTC."""
        return self.utc_end is not None and self.utc_end.date() > self.utc_start.date()

    @property
    def utc_other_day(self) -> bool:
        """Whether a reader needs the day beside the time in UTC."""
        return self.utc_several_days or self.utc_start.date() != self.first_day

    @property
    def offset(self) -> str:
        """How far the place's clock is from UTC, such as UTC+2 or UTC+5:30."""
        seconds = int((self.starts.utcoffset() or timedelta()).total_seconds())
        sign, seconds = ("−" if seconds < 0 else "+"), abs(seconds)
        hours, minutes = divmod(seconds // 60, 60)
        if not (hours or minutes):
            return "UTC"
        return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"

    @property
    def zone(self) -> str:
        """The zone's everyday name in the active language."""
        return zone_name(self.starts)

    @property
    def starts_iso(self) -> str:
        """The start for machines: a date, or a time with its offset."""
        return self.first_day.isoformat() if self.whole_days else self.starts.isoformat(timespec="minutes")

    @property
    def ends_iso(self) -> str:
        """The end for machines; empty when it is not known."""
        if self.ends is None:
            return ""
        return self.last_day.isoformat() if self.whole_days else self.ends.isoformat(timespec="minutes")
