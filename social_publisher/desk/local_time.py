"""Local times as people write them: which moments they can mean, and what to say when that is none or two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHOWN = "%Y-%m-%d %H:%M:%S"
# Nothing is planned or looked for outside of these days.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def in_reach(value: date | datetime) -> None:
    """A form field's validator. Raises ValidationError outside of these days."""
    day = value.date() if isinstance(value, datetime) else value
    if not EARLIEST <= day <= LATEST:
        raise ValidationError(_("This time is out of reach. Choose another."))


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


def moment_of(local: datetime, zone: tzinfo, name: str, which: str = "", known: datetime | None = None) -> datetime:
    """Return the moment, in UTC, that a naive local time means in the zone of that name.

    `which` chooses, "0" or "1", where clocks repeat it; else `known` does, if it is one of the two. Raises
    ValidationError, which says what to choose from, with the code "skipped", "repeated" or "out-of-reach".
    """
    try:
        found = readings(local, zone)
    except OverflowError as error:
        raise ValidationError(_("This time is out of reach. Choose another."), code="out-of-reach") from error
    if not found:
        before, after = around(local, zone)
        raise ValidationError(
            _("In %(zone)s clocks are set forward and this time does not exist. Choose %(before)s or %(after)s."),
            code="skipped",
            params={"zone": name, "before": before.strftime(SHOWN), "after": after.strftime(SHOWN)},
        )
    if len(found) == 1:
        return found[0].moment
    if which:
        return found[int(which)].moment
    if known is not None and known in [reading.moment for reading in found]:
        return known
    raise ValidationError(
        _("In %(zone)s clocks are set back and this time comes twice. Say which: %(first)s or %(second)s."),
        code="repeated",
        params={"zone": name, "first": found[0].name, "second": found[1].name},
    )
