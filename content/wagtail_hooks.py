"""Wiring: the records in the admin's menu, and what readers search for among the reports."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from content.admin import RecordsGroup
from content.search.report import SearchesReportView

register_snippet(RecordsGroup)


class SearchesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("content.view_searchtally"))


@hooks.register("register_admin_urls")
def search_report_urls() -> list[URLPattern]:
    """The report and its part that is loaded again when a filter changes."""
    return [
        path("reports/searches/", SearchesReportView.as_view(), name="reader-searches"),
        path(
            "reports/searches/results/", SearchesReportView.as_view(results_only=True), name="reader-searches-results"
        ),
    ]


@hooks.register("register_reports_menu_item")
def search_report_item() -> MenuItem:
    return SearchesMenuItem(_("Searches of readers"), reverse("reader-searches"), icon_name="search", order=1300)


@hooks.register("construct_reports_menu")
def hide_the_report_without_words(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own report counts searches that are recorded its way; here there are none."""
    items[:] = [item for item in items if item.name != "search-terms"]
