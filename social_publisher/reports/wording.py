"""How numbers, days and names are written in the active language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.records.languages import language_name
from social_publisher.models.reporting import Counted
from social_publisher.networks import registry


def told(value: Any) -> str:
    """A number in groups as the reader's language writes it; "n/a" where nobody told one."""
    if isinstance(value, int):
        # There can be a thousand of them on a screen, and Django's own way takes ten times as long.
        return f"{value:,}".replace(",", formats.get_format("THOUSAND_SEPARATOR"))
    return _("n/a") if value is None else str(formats.number_format(value, use_l10n=True, force_grouping=True))


def reported(value: int | None) -> str:
    """What is reached of an indicator: unknown is not zero."""
    return _("not reported") if value is None else told(value)


def percent(part: float | None) -> str:
    """A part of a whole, never rounded up: 99.96 of 100 is not all of them. A dash where there is no whole."""
    if part is None:
        return "–"
    number = formats.number_format(math.floor(part * 1000 + 1e-9) / 10, 1, use_l10n=True)
    return _("%(number)s%%") % {"number": number}


def day(value: date | None) -> str:
    """A day; empty for none."""
    return "" if value is None else str(formats.date_format(value, "DATE_FORMAT"))


def moment(value: datetime | None, zone: str) -> str:
    """A moment in the installation's zone, to the second, with its distance to UTC; empty for none."""
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(zone))
    return f"{formats.date_format(local.replace(tzinfo=None), 'DATE_FORMAT')}, {local:%H:%M:%S} (UTC{local:%z})"


def network_name(slug: str) -> str:
    """A network as readers know it."""
    try:
        return registry.get(slug).name
    except registry.UnknownNetworkError:
        return slug


def indicator_name(label: str, labels: Mapping[str, str], counts: str) -> str:
    """An indicator's words in the active language, else in the site's own, else what is counted."""
    found = labels.get(get_language() or "") or label or labels.get(settings.LANGUAGE_CODE, "")
    return found or (str(Counted(counts).label) if counts else "")


__all__ = ["day", "indicator_name", "language_name", "moment", "network_name", "reported", "told"]
