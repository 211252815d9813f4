"""Importing in two steps: look, then confirm what was seen. Exporting the list of posts as it is filtered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from social_publisher.approval.audit import record
from social_publisher.desk.base import DeskView
from social_publisher.desk.importing import files, reader
from social_publisher.desk.importing.reader import Sheet, UnreadableFileError
from social_publisher.desk.importing.rows import Report, examine, make
from social_publisher.desk.importing.table import Table
from social_publisher.models import HeldImport
from social_publisher.reports import spreadsheet

SHOWN = 100
HELD_FOR = timedelta(hours=24)
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, at most 5 MB and 500 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class ImportView(DeskView):
    """Takes a file, says row by row what is wrong, and holds the rows of a good one until they are confirmed."""

    permission = "social_publisher.add_post"
    template_name = "social_publisher/desk/importing/upload.html"
    page_title = gettext_lazy("Import posts")
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        posts = {"url": reverse("wagtailsnippets_social_publisher_post:list"), "label": _("Posts")}
        return [posts, *super().get_breadcrumbs_items()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(form=kwargs.get("form") or UploadForm(), shown=SHOWN, **_report_context(kwargs.get("report")))
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look at the file. Nothing is made yet."""
        _forget(request.user)
        form, report = UploadForm(request.POST, request.FILES), None
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                sheet = reader.read_file(file.name, file, file.size)
            except UnreadableFileError as error:
                form.add_error("file", str(error))
            else:
                report = examine(sheet, request)
                if report.is_good:
                    _hold(sheet, file.name, request.user)
                    return redirect("social_planning:import-check")
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form, report=report))
        return response


class CheckView(ImportView):
    """What a good file comes to, and its confirmation."""

    template_name = "social_publisher/desk/importing/check.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what would be made."""
        held = _held(request.user)
        if held is None:
            return redirect("social_planning:import")
        report = examine(_sheet_of(held), request)
        response: HttpResponse = self.render_to_response(self.get_context_data(report=report, held=held))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(held=kwargs["held"])
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the drafts, all or none; what has gone wrong since it was looked at is said."""
        with transaction.atomic():
            held = _held(request.user, lock=True)
            if held is None or request.POST.get("held") != str(held.pk):
                messages.error(request, _("These rows are not held any more. Upload the file again."))
                return redirect("social_planning:import")
            report = examine(_sheet_of(held), request)
            if not report.is_good:
                response: HttpResponse = self.render_to_response(self.get_context_data(report=report, held=held))
                return response
            count = len(make(report, request.user, held.name))
            held.delete()
        words = ngettext("%(count)d draft was made.", "%(count)d drafts were made.", count)
        messages.success(request, words % {"count": count})
        return redirect("wagtailsnippets_social_publisher_post:list")


def _hold(sheet: Sheet, name: str, user: Any) -> None:
    rows = {"heading": sheet.heading, "rows": sheet.rows}
    HeldImport.objects.create(user=user, name=name[:255], rows=rows, held_at=timezone.now())


def _forget(user: Any) -> None:
    HeldImport.objects.filter(user=user).delete()


def _held(user: Any, lock: bool = False) -> HeldImport | None:
    rows = HeldImport.objects.filter(user=user, held_at__gt=timezone.now() - HELD_FOR)
    return (rows.select_for_update() if lock else rows).first()


def _sheet_of(held: HeldImport) -> Sheet:
    return Sheet(held.rows["heading"], [(number, row) for number, row in held.rows["rows"]])


def _report_context(report: Report | None) -> dict[str, Any]:
    if report is None:
        return {}
    return {
        "report": report,
        "wrong": report.wrong[:SHOWN],
        "wrong_count": len(report.wrong),
        "first_rows": report.rows[:SHOWN] if report.is_good else [],
    }


class TemplateView(DeskView):
    """The template to fill in, as CSV or XLSX."""

    permission = "social_publisher.add_post"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Send it."""
        if kwargs["form"] == files.XLSX:
            return _xlsx_response(files.xlsx_template(), "posts-template")
        return _csv_response(files.csv_template(), "posts-template")


def export_posts(posts: Any, form: str, request: HttpRequest) -> HttpResponseBase:
    """The posts as a file of the columns that are imported, written down in the audit."""
    form = files.XLSX if form == files.XLSX else files.CSV
    record("posts.exported", form, request.user, posts=posts.count(), filters=request.GET.urlencode()[:500])
    zone = timezone.get_current_timezone()
    table = Table(posts, zone, timezone.get_current_timezone_name())
    name = f"posts-{timezone.localdate():%Y-%m-%d}"
    if form == files.XLSX:
        return _xlsx_response(spreadsheet.xlsx_file([(_("Posts"), _all(table))]), name)
    return _csv_response(spreadsheet.csv_lines(_all(table)), name)


def _all(table: Table) -> Any:
    yield table.heading
    yield from table.rows()


def _csv_response(lines: Any, name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _xlsx_response(stream: Any, name: str) -> FileResponse:
    return FileResponse(stream, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
