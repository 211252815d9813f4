"""Lists that staff save as a table, Wagtail's own too: no cell of them is run as a formula."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from social_publisher.messages import cells

_plain = SpreadsheetExportMixin.preprocess_field_value


def _guarded(view: SpreadsheetExportMixin, field: str, value: Any, export_format: str) -> Any:
    told = _plain(view, field, value, export_format)
    if not isinstance(told, str):
        return told
    written = cells.written(told)
    return cells.guard_pieces(written) if export_format == view.FORMAT_CSV else written


def guard() -> None:
    """Take the place of the one method of Wagtail's that every cell of every export goes through.

    Wagtail writes texts as they are, and has no setting for it; what a page is called, and what readers searched for,
    are such texts.
    """
    SpreadsheetExportMixin.preprocess_field_value = _guarded
