"""The content report: everything that needs a look, by kind, to read, to sort out, or to take away as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from content.records.languages import language_name
from content.report.models import PageReview
from content.report.sources import Item, sources


class ContentFilterSet(WagtailFilterSet):
    """Filters of plain items: there is no table behind them."""

    source = django_filters.MultipleChoiceFilter(
        label=_("Kind"),
        choices=lambda: [(source.code, source.label) for source in sources()],
        widget=forms.CheckboxSelectMultiple,
    )
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = Page
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        """Keep what was asked for."""
        kinds, language = self.form.cleaned_data["source"], self.form.cleaned_data["language"]
        return [
            item
            for item in queryset
            if (not kinds or item.source in kinds) and (not language or item.language == language)
        ]


class ItemColumn(Column):
    cell_template_name = "content/admin/report_title.html"


class ReviewedColumn(Column):
    cell_template_name = "content/admin/report_reviewed.html"


def _language(item: Item) -> str:
    return language_name(item.language) if item.language else ""


class ContentReportView(ReportView):
    page_title = _("Content to look at")
    header_icon = "clipboard-list"
    results_template_name = "content/admin/content_report_results.html"
    index_url_name = "content_report"
    index_results_url_name = "content_report_results"
    permission_policy = page_permission_policy
    any_permission_required = {"add", "change", "publish"}
    filterset_class = ContentFilterSet
    columns = [
        ItemColumn("title", label=_("What")),
        Column("label", label=_("Kind")),
        Column("why", label=_("Why")),
        Column(_language, label=_("Language")),
        DateColumn("day", label=_("Since or until")),
        ReviewedColumn("page_id", label=_("Settle")),
    ]
    list_export = ["label", "title", "why", "language", "day", "address"]
    export_headings = {
        "label": _("Kind"),
        "title": _("What"),
        "why": _("Why"),
        "language": _("Language"),
        "day": _("Since or until"),
        "address": _("Address"),
    }

    def get_base_queryset(self) -> Any:
        """Everything that any source finds, source by source."""
        today = timezone.localdate()
        found = [
            replace(item, source=source.code, label=str(source.label), why=str(item.why))
            for source in sources()
            for item in source.find(today)
        ]
        self.counted = Counter(item.source for item in found)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how many there are of each kind, whatever is shown."""
        counts = [(source, self.counted[source.code]) for source in sources() if self.counted[source.code]]
        return {**super().get_context_data(**kwargs), "counts": counts}

    def order_queryset(self, queryset: Any) -> Any:
        """As the sources give it."""
        return queryset

    def get_filtered_queryset(self) -> Any:
        """Filtered once; the base class would do it a second time."""
        return self.get_queryset()

    def get_filename(self) -> str:
        """Of a table that is taken away."""
        return f"content-report-{timezone.localdate():%Y-%m-%d}"


@require_POST
def reviewed(request: HttpRequest, page_id: int) -> HttpResponse:
    """Write down that somebody read the page again and found it right."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    by: Any = request.user
    PageReview.objects.update_or_create(page=page, defaults={"reviewed_at": timezone.now(), "reviewed_by": by})
    messages.success(request, gettext("“%(page)s” is noted as read again today.") % {"page": page.title})
    return redirect("content_report")


__all__ = ["ContentReportView", "Item", "reviewed"]
