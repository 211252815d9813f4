"""Places on pages that other rooms fill. This room knows only the slot, never who fills it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from content.records import Campaign

CampaignSlot = Callable[[Campaign, HttpRequest], SafeString]

_campaign_slots: dict[str, CampaignSlot] = {}


def register_campaign_slot(name: str, fill: CampaignSlot) -> None:
    """Show what `fill` returns on every campaign page. The same name again replaces the earlier one."""
    _campaign_slots[name] = fill


def fill_campaign_slots(campaign: Campaign, request: HttpRequest) -> SafeString:
    """Return the HTML of all slots, by name's order."""
    filled = ((_campaign_slots[name](campaign, request),) for name in sorted(_campaign_slots))
    return format_html_join("\n", "{}", filled)
