"""What a campaign's page says about reporting."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.utils import timezone

from content.pages.report import ReportPage, anchor_of, sorting_key
from content.records import Country, Hotline

register = template.Library()


@dataclass(frozen=True)
class Reporting:
    """The how-to-report page in the reader's language, and the countries it has contacts for."""

    page: ReportPage
    countries: list[tuple[str, str]]


@register.simple_tag
def how_to_report(locale_id: int | None) -> Reporting | None:
    """Return what to link to, or nothing where the language has no such page. Two queries."""
    page = ReportPage.in_locale(locale_id) if locale_id else None
    if page is None:
        return None
    shown = Hotline.objects.shown(timezone.localdate()).values("country")
    countries = [(country.name, anchor_of(country)) for country in Country.objects.filter(pk__in=shown)]
    return Reporting(page, sorted(countries, key=lambda country: sorting_key(country[0])))
