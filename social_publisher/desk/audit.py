"""The record of who did what, for auditors: filters, every entry with its data, and exports."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from social_publisher.approval import sealing
from social_publisher.approval.audit import record
from social_publisher.approval.chain import Entry, write_line
from social_publisher.desk.audit_filter import AuditFilterForm, Page, TooSlowError, page
from social_publisher.desk.audit_words import details, sentence
from social_publisher.desk.base import DeskView, DeskViewSet
from social_publisher.messages.cells import guard, guard_pieces

PERMISSION = "social_publisher.view_auditevent"
COLUMNS = ("place", "id", "at", "actor", "actor_name", "action", "subject", "data", "hash")


class AuditView(DeskView):
    """The entries that were asked for, newest first."""

    permission = PERMISSION
    template_name = "social_publisher/desk/audit/list.html"
    page_title = _("Record")
    header_icon = "clipboard-list"

    @cached_property
    def form(self) -> AuditFilterForm:
        return AuditFilterForm(self.request.GET)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        try:
            found = page(self.form.entries(), self.request.GET.get("before", ""))
        except TooSlowError:
            messages.warning(
                self.request, _("This search takes too long. Choose days, a person, a kind or a post as well.")
            )
            found = Page([], "")
        asked = self.form.asked()
        context.update(
            form=self.form,
            asked=asked,
            rows=[(event, sentence(event), details(event)) for event in found.events],
            older=urlencode({**asked, "before": found.older}) if found.older else "",
            newest=urlencode(asked) if "before" in self.request.GET else None,
            seals=sealing.seals(),
        )
        return context


class ExportView(DeskView):
    """Streams the entries that were asked for, in the order of the chain. That is on the record too."""

    confirms = True
    permission = PERMISSION
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Record it, then send as the database reads."""
        form = AuditFilterForm(request.POST)
        if not form.is_valid():
            return redirect(f"{reverse('social_audit:index')}?{urlencode(form.asked())}")
        kind = self.kwargs["kind"]
        record("audit.exported", {"csv": "CSV", "jsonl": "JSON Lines"}[kind], request.user, asked=form.asked())
        entries = sealing.entries(form.entries())
        lines, mime = (_csv(entries), "text/csv") if kind == "csv" else (_json_lines(entries), "application/jsonl")
        response = StreamingHttpResponse(lines, content_type=f"{mime}; charset=utf-8")
        name = f"record-{timezone.localtime():%Y-%m-%d-%H%M}.{kind}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        return response


class AuditViewSet(DeskViewSet):
    permission = PERMISSION
    name = "social_audit"
    url_prefix = "social/record"
    icon = "clipboard-list"
    menu_label = _("Record")

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", AuditView.as_view(), name="index"),
            path("export/csv/", ExportView.as_view(), {"kind": "csv"}, name="csv"),
            path("export/jsonl/", ExportView.as_view(), {"kind": "jsonl"}, name="jsonl"),
        ]


class _Echo:
    def write(self, text: str) -> str:
        """Hand the line on."""
        return text


def _json_lines(entries: Iterator[Entry]) -> Iterator[str]:
    for entry in entries:
        yield write_line(entry)


def _csv(entries: Iterator[Entry]) -> Iterator[str]:
    """With a byte order mark, by which spreadsheets know the letters. For reading: what is checked is JSON Lines, as
    cells are guarded here."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for entry in entries:
        told = {**entry._asdict(), "data": json.dumps(entry.data, ensure_ascii=False)}
        cells = [guard_pieces(guard(value)) if isinstance(value := told[name], str) else value for name in COLUMNS]
        yield writer.writerow(cells)
