"""`{% country_map countries %}`: countries as a map and as a list of their names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import get_language

from content.maps.draw import draw
from content.records.facts import in_order

register = template.Library()


@register.inclusion_tag("content/components/country_map.html")
def country_map(countries: Iterable[Any], caption: str = "") -> dict[str, Any]:
    """Show countries, given as records or anything else with a `code`. Without any, show nothing."""
    codes = list(dict.fromkeys(country.code for country in countries))
    return {"drawing": draw(codes), "places": in_order(codes, get_language() or "en"), "caption": caption}
