"""How to report: the public's contacts, country by country, each only while somebody's check of it holds."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.pages.standard import StandardPage
from content.records import Country, Hotline


@dataclass(frozen=True)
class CountryContacts:
    """One country with the contacts that may be shown."""

    country: Country
    name: str
    hotlines: list[Hotline]

    @property
    def anchor(self) -> str:
        """Where the page shows it."""
        return anchor_of(self.country)


def anchor_of(country: Country) -> str:
    """The place of a country on the page, for links that lead to it."""
    return f"country-{country.code.lower()}"


def contacts_by_country() -> list[CountryContacts]:
    """Return SELEC's member states, and every other country with a contact, by their names as the reader knows them."""
    hotlines: dict[int, list[Hotline]] = {}
    countries = {country.pk: country for country in Country.objects.filter(selec_member=True)}
    for hotline in Hotline.objects.shown(timezone.localdate()).select_related("country").prefetch_related("texts"):
        hotlines.setdefault(hotline.country_id, []).append(hotline)
        countries.setdefault(hotline.country_id, hotline.country)
    found = [CountryContacts(country, country.name, hotlines.get(pk, [])) for pk, country in countries.items()]
    return sorted(found, key=lambda contacts: sorting_key(contacts.name))


def sorting_key(name: str) -> str:
    """Names in order without regard to acute accents; a letter of its own, such as Č, comes after its plain one."""
    return unicodedata.normalize("NFD", name.casefold()).replace("\u0301", "")


class ReportPage(StandardPage):
    """Tells where to report, by country. The contacts are records; what stands around them is written here."""

    page_description = _("Where to report, by country; the contacts come from their records.")

    template = "content/pages/report.html"
    parent_page_types = ["content.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("how-to-report page")
        verbose_name_plural = _("how-to-report pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the countries with contacts, and those that have none we could check."""
        context = super().get_context(request, *args, **kwargs)
        contacts = contacts_by_country()
        context["contacts"] = [each for each in contacts if each.hotlines]
        context["without"] = [each for each in contacts if not each.hotlines]
        return context

    def shown_addresses(self) -> set[str]:
        """Of the contacts that are shown: their forms and their sources."""
        shown = Hotline.objects.shown(timezone.localdate())
        return {url for pair in shown.values_list("form_url", "source_url") for url in pair}

    @classmethod
    def in_locale(cls, locale_id: int) -> ReportPage | None:
        """Return the published page in a language."""
        pages: models.QuerySet[ReportPage] = cls.objects.live().filter(locale_id=locale_id, alias_of=None)
        return pages.first()


@dataclass(frozen=True)
class Reporting:
    """The how-to-report page in the reader's language, and the countries it has contacts for."""

    page: ReportPage
    countries: list[tuple[str, str]]


def how_to_report(locale_id: int) -> Reporting | None:
    """Return what pages say about reporting, or nothing where the language has no such page. Two queries."""
    page = ReportPage.in_locale(locale_id)
    if page is None:
        return None
    shown = Hotline.objects.shown(timezone.localdate()).values("country")
    countries = [(country.name, anchor_of(country)) for country in Country.objects.filter(pk__in=shown)]
    return Reporting(page, sorted(countries, key=lambda country: sorting_key(country[0])))
