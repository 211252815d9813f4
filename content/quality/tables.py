from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from content.quality.finding import Finding


def table_findings(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Finding]:
    """Say what is wrong with a table: without caption and headings it is a heap of cells for who cannot see it."""
    found: list[Finding] = []
    if not headings or not rows:
        return [
            Finding("table-empty", _("This table is empty."), _("Add columns and rows, or remove the block.")),
        ]
    if not caption.strip():
        found.append(
            Finding("table-caption", _("This table has no caption."), _("Say in one line what the table shows."))
        )
    if missing := [str(number) for number, heading in enumerate(headings, start=1) if not heading.strip()]:
        found.append(
            Finding(
                "table-headings",
                _("Columns without a heading: %(columns)s.") % {"columns": ", ".join(missing)},
                _("Give every column a heading."),
            )
        )
    if unnamed := [str(number) for number, row in enumerate(rows, start=1) if not row or not row[0].strip()]:
        found.append(
            Finding(
                "table-row-headings",
                _("Rows whose first cell is empty: %(rows)s.") % {"rows": ", ".join(unnamed)},
                _("The first cell names its row: fill it."),
            )
        )
    return found
