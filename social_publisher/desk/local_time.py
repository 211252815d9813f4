"""Local times as people write them: which moments they can mean, and what to say when that is none or two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo


@dataclass(frozen=True, slots=True)
class Reading:
    """One moment that a local time can mean: in UTC, and the zone's name for it then, such as EEST."""

    moment: datetime
    name: str


def readings(local: datetime, zone: tzinfo) -> tuple[Reading, ...]:
    """Return the moments a naive local time means in the zone: none when clocks skip it, two when they repeat it."""
    found: list[Reading] = []
    for fold in (0, 1):
        at = local.replace(tzinfo=zone, fold=fold)
        moment = at.astimezone(UTC)
        back = moment.astimezone(zone)
        if back.replace(tzinfo=None) == local and moment not in [reading.moment for reading in found]:
            found.append(Reading(moment, back.tzname() or ""))
    return tuple(sorted(found, key=lambda reading: reading.moment))


def around(local: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the local times just as far before and after a skipped one, for a person to choose from."""
    moments = sorted(local.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone) for fold in (0, 1))
    return moments[0].replace(tzinfo=None), moments[1].replace(tzinfo=None)
