"""What readers search for and do not find, for staff, with a way to promote a page for it."""

from __future__ import annotations

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import F, Max, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from content.search.models import SearchTally

FOUND = [("never", _("Never found anything")), ("sometimes", _("Found nothing at least once"))]


class SearchesFilterSet(WagtailFilterSet):
    day = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)
    found = django_filters.ChoiceFilter(label=_("Found"), choices=FOUND, method="filter_found")

    class Meta:
        model = SearchTally
        fields: list[str] = []

    def filter_found(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep words that found nothing, always or at least once."""
        return rows.filter(misses_sum__gte=F("searches_sum") if value == "never" else 1)


class SearchesReportView(ReportView):
    page_title = _("Searches of readers")
    header_icon = "search"
    index_url_name = "reader-searches"
    index_results_url_name = "reader-searches-results"
    permission_policy = ModelPermissionPolicy(SearchTally)
    any_permission_required = {"view"}
    filterset_class = SearchesFilterSet
    is_searchable = True
    search_fields = ["words"]
    default_ordering = "-misses_sum"
    columns = [
        Column("words", label=_("Words"), sort_key="words"),
        Column("language", label=_("Language"), sort_key="language"),
        NumberColumn("searches_sum", label=_("Searches"), sort_key="searches_sum"),
        NumberColumn("misses_sum", label=_("Nothing found"), sort_key="misses_sum"),
        DateColumn("last_day", label=_("Last searched"), sort_key="last_day"),
    ]
    list_export = ["words", "language", "searches_sum", "misses_sum", "last_day"]
    export_headings = {
        "words": _("Words"),
        "language": _("Language"),
        "searches_sum": _("Searches"),
        "misses_sum": _("Nothing found"),
        "last_day": _("Last searched"),
    }

    def get_base_queryset(self) -> Any:
        """One row for the same words in a language, over all days that are kept."""
        sums = SearchTally.objects.values("words", "language")
        return sums.annotate(searches_sum=Sum("searches"), misses_sum=Sum("misses"), last_day=Max("day"))
