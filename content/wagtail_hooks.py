"""Wiring: the records, reports and panels of this room in the admin, links in formatted text, the editor's checks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.permissions import page_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from content.admin import RecordsGroup
from content.blocks.links import DocumentLinks, PageLinks
from content.checker import SiteContentChecker
from content.records import Hotline
from content.report import others, pages, register
from content.report.view import ContentReportView, reviewed
from content.search.report import SearchesReportView
from content.staff.hotlines import HotlineReportView
from content.staff.messages import ContactMessageViewSet
from content.staff.panels import home_panels

register_snippet(RecordsGroup)
register_snippet(ContactMessageViewSet)


for source in (*others.SOURCES, *pages.SOURCES):
    register(source)


class HotlineReportMenuItem(MenuItem):
    """Shown to those who may correct a hotline."""

    def is_shown(self, request: Any) -> bool:
        """Whether this person may."""
        return bool(request.user.has_perm(f"content.change_{Hotline._meta.model_name}"))


@hooks.register("register_reports_menu_item")
def hotline_report_item() -> MenuItem:
    return HotlineReportMenuItem(_("Hotlines to check"), reverse("hotline_report"), icon_name="warning", order=1200)


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [
        path("reports/hotlines/", HotlineReportView.as_view(), name="hotline_report"),
        path(
            "reports/hotlines/results/",
            HotlineReportView.as_view(results_only=True),
            name="hotline_report_results",
        ),
    ]


class ContentReportMenuItem(MenuItem):
    """Shown to those who may edit any page."""

    def is_shown(self, request: Any) -> bool:
        """Whether this person may."""
        return bool(page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}))


@hooks.register("register_reports_menu_item")
def content_report_item() -> MenuItem:
    return ContentReportMenuItem(
        _("Content to look at"), reverse("content_report"), icon_name="clipboard-list", order=100
    )


@hooks.register("register_admin_urls")
def content_report_urls() -> list[URLPattern]:
    """The report, its part that is loaded again when a filter changes, and its one action."""
    return [
        path("reports/content/", ContentReportView.as_view(), name="content_report"),
        path("reports/content/results/", ContentReportView.as_view(results_only=True), name="content_report_results"),
        path("reports/content/reviewed/<int:page_id>/", reviewed, name="content_report_reviewed"),
    ]


@hooks.register("construct_homepage_panels")
def waiting_panels(request: Any, panels: list[Any]) -> None:
    panels.extend(home_panels(request.user))


@hooks.register("register_rich_text_features", order=10)
def page_links(features: FeatureRegistry) -> None:
    """After Wagtail's own, whose place it takes: all links of a text are found in one query."""
    features.register_link_type(PageLinks)
    features.register_link_type(DocumentLinks)


@hooks.register("construct_wagtail_userbar")
def content_checker(request: Any, items: list[Any], page: Any) -> None:
    """The editor's checks panel looks at everything that the tests look at."""
    for number, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[number] = SiteContentChecker(in_editor=item.in_editor)


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
