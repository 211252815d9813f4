from __future__ import annotations

from datetime import date

from django import template

from social_publisher.desk.calendar.filters import Place

register = template.Library()


@register.simple_tag
def day_address(place: Place, day: date) -> str:
    """The address of one day's list, with the same filters."""
    return place.address(view="day", day=day)
