from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_name
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content.records.country import BABEL_LOCALES

# Where the events of the region take place; every other zone follows them in the list.
NEAR = (
    "Europe/Bucharest", "Europe/Tirane", "Europe/Sarajevo", "Europe/Sofia", "Europe/Athens", "Europe/Budapest",
    "Europe/Chisinau", "Europe/Podgorica", "Europe/Skopje", "Europe/Belgrade", "Europe/Istanbul", "Europe/Zagreb",
    "Europe/Brussels", "Europe/Amsterdam", "Europe/Rome", "Europe/Vienna", "UTC",
)  # fmt: skip


def default_zone() -> str:
    """The installation's own zone."""
    return str(settings.TIME_ZONE)


def validate_zone(value: str) -> None:
    """A name of the IANA time zone database. Raises ValidationError."""
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError(_("This is no time zone. Choose one from the list.")) from error


def zone_choices() -> list[tuple[str, str]]:
    """Every zone by its name, those of the region first."""
    others = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    first = dict.fromkeys((default_zone(), *NEAR))
    return [(name, name) for name in [*first, *(name for name in others if name not in first)]]


def moment_of(local: datetime, zone: tzinfo) -> datetime:
    """Return the moment a clock in the zone shows this time; the first one, where clocks are set back.

    Raises ValidationError for a time that is skipped when clocks are set forward.
    """
    try:
        moment = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
        back = moment.astimezone(zone)
    except OverflowError as error:
        raise ValidationError(_("This time is out of reach. Choose another.")) from error
    if back.replace(tzinfo=None) != local:
        raise ValidationError(
            _("Clocks are set forward then, and this time does not exist there. Choose %(after)s."),
            params={"after": back.strftime("%Y-%m-%d %H:%M")},
        )
    return moment


def zone_name(moment: datetime) -> str:
    """The everyday name of the moment's zone in the active language, else in English."""
    language = get_language() or "en"
    for candidate in (BABEL_LOCALES.get(language, language.replace("-", "_")), "en"):
        try:
            return str(get_timezone_name(moment, width="long", locale=Locale.parse(candidate)))
        except (UnknownLocaleError, ValueError):
            continue
    return str(moment.tzinfo)
