"""A report as a file, in each of its formats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db import models
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from social_publisher.reports import pdf, sheets
from social_publisher.reports.facts import Report
from social_publisher.reports.sheets import Cell, Sheet
from social_publisher.reports.spreadsheet import Value, csv_lines, guarded, xlsx_file, zip_file


class Format(models.TextChoices):
    """What a report can be taken along as."""

    PDF = "pdf", gettext_lazy("Document (PDF)")
    XLSX = "xlsx", gettext_lazy("Spreadsheet (XLSX)")
    CSV = "csv", gettext_lazy("All tables (CSV in a ZIP)")
    ACTIVITIES = "activities", gettext_lazy("Communication activities for the Funding & Tenders Portal (CSV)")


@dataclass(frozen=True, slots=True)
class File:
    """A file to send."""

    name: str
    content_type: str
    data: bytes


def made(report: Report, kind: Format, made_on: date) -> File:
    """The report in the active language. Raises ReportError where a document cannot be made."""
    code = slugify(report.subject.code) or report.subject.kind
    stem = f"{code}-{report.last.isoformat()}-{get_language()}".lower()
    if kind == Format.PDF:
        return File(f"{stem}.pdf", "application/pdf", pdf.document(report, made_on))
    if kind == Format.ACTIVITIES:
        table = sheets.for_portal(report)
        return File(f"{stem}-{table.code}.csv", "text/csv; charset=utf-8", b"".join(csv_lines(rows_of(table))))
    tables = [(table.code, table.title, rows_of(table)) for table in sheets.sheets(report, made_on)]
    if kind == Format.CSV:
        files = ((f"{code}.csv", b"".join(csv_lines(rows))) for code, _title, rows in tables)
        return File(f"{stem}.zip", "application/zip", zip_file(files))
    with xlsx_file(((title, rows) for _code, title, rows in tables), made_on) as stream:
        kind_of_file = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return File(f"{stem}.xlsx", kind_of_file, stream.read())


def rows_of(table: Sheet) -> list[list[Value]]:
    """A table with its heading, as cells of a spreadsheet: no formula, and "n/a" where nobody told."""
    none, heading = _("n/a"), cast(list[Cell], table.heading)
    return [[guarded(cell, none) for cell in row] for row in [heading, *table.rows]]
