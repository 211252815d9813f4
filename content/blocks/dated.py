"""Dates that are known to the day, the month or the year, and the sources they come with."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

DAY, MONTH, YEAR = "day", "month", "year"
PRECISIONS = [(DAY, _("Day, month and year")), (MONTH, _("Month and year")), (YEAR, _("Only the year"))]
_FORMATS = {DAY: "DATE_FORMAT", MONTH: "YEAR_MONTH_FORMAT", YEAR: "Y"}
_MACHINE = {DAY: "Y-m-d", MONTH: "Y-m", YEAR: "Y"}


class Dated(blocks.StructValue):
    """A block's value with a date that is shown as exactly as it is known."""

    @property
    def when(self) -> str:
        """The date in the reader's language."""
        day: date | None = self["date"]
        return date_format(day, _FORMATS[self["precision"] or DAY]) if day else ""

    @property
    def machine_when(self) -> str:
        """The date as `<time datetime>` wants it."""
        day: date | None = self["date"]
        return date_format(day, _MACHINE[self["precision"] or DAY]) if day else ""


def date_block(**options: Any) -> blocks.DateBlock:
    """The date itself; `precision_block` says how much of it is shown."""
    return blocks.DateBlock(**{"label": _("Date"), **options})


def precision_block() -> blocks.ChoiceBlock:
    """How exactly the date is known."""
    return blocks.ChoiceBlock(
        choices=PRECISIONS,
        default=DAY,
        label=_("Shown as"),
        help_text=_("Choose what is known. Parts that are not known are not shown."),
    )


def source_block(**options: Any) -> blocks.CharBlock:
    """Where a number or a statement comes from."""
    return blocks.CharBlock(
        **{
            "label": _("Source"),
            "max_length": 200,
            "help_text": _("Who published it, and where: for example the title of a report."),
            **options,
        }
    )


def source_url_block() -> blocks.URLBlock:
    """Where the source can be read."""
    return blocks.URLBlock(label=_("Address of the source"), required=False)
