from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.checked import CheckedBlock, Findings
from content.blocks.dated import YEAR, date_block, precision_block, source_block, source_url_block
from content.blocks.groups import NUMBERS
from content.blocks.table import SAMPLE, DataTableBlock, TableValue
from content.drawing import BarChart, LineChart, draw_bars, draw_lines
from content.quality import Finding

BARS, LINES = "bars", "lines"
MOST_SERIES = 4


class ChartValue(TableValue):
    """A chart's shapes, drawn from its table."""

    @cached_property
    def series(self) -> list[tuple[str, list[Any]]]:
        """The columns of numbers: heading and values."""
        rows = [row["values"] for row in self["table"].row_data]
        return [
            (heading, [row[number] for row in rows])
            for number, (heading, is_number) in enumerate(self.columns)
            if is_number
        ][:MOST_SERIES]

    @property
    def labels(self) -> list[str]:
        """The rows' names: their first cells."""
        return [str(row["values"][0] if row["values"][0] is not None else "") for row in self["table"].row_data]

    @cached_property
    def bars(self) -> BarChart | None:
        """The bars, where bars are wanted."""
        return draw_bars(self.labels, self.series) if self["kind"] == BARS and self.series else None

    @cached_property
    def lines(self) -> LineChart | None:
        """The lines, where lines are wanted."""
        return draw_lines(self.labels, self.series) if self["kind"] == LINES and self.series else None

    @property
    def legend(self) -> list[tuple[str, int]]:
        """Names and patterns of the series, where there are several."""
        names = [(heading, number) for number, (heading, _values) in enumerate(self.series)]
        return names if len(names) > 1 else []


class ChartBlock(CheckedBlock):
    """A chart drawn by the server from a table, which stands under it."""

    kind = blocks.ChoiceBlock(
        choices=[(BARS, _("Bars: to compare")), (LINES, _("Lines: over time"))], default=BARS, label=_("Kind")
    )
    table = DataTableBlock(
        label=_("Numbers"),
        help_text=_(
            "The caption is the chart's title. The first column names the rows; add up to four columns of numbers."
        ),
    )
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=40, help_text=_("For example: cases, euro."))
    summary = blocks.TextBlock(
        label=_("What it shows"),
        max_length=500,
        help_text=_("The chart in words: what a reader should see in it. Shown with the chart."),
    )
    source = source_block()
    source_url = source_url_block()
    date = date_block(help_text=_("Of when the numbers are."))
    precision = precision_block()

    def findings(self, value: Any) -> Findings:
        """A chart has a column of names, and one to four of numbers."""
        kinds = [is_number for _heading, is_number in value.columns]
        if len(kinds) < 2 or kinds[0] or not all(kinds[1:]) or len(kinds) > MOST_SERIES + 1:
            finding = Finding(
                "chart-columns",
                _("A chart cannot be drawn from these columns."),
                _("Make the first column one of words, and add one to four columns of numbers."),
            )
            return {"table": [finding]}
        return {}

    class Meta:
        icon = "order"
        label = _("Chart")
        group = NUMBERS
        description = _("Bars or lines from a table; the table stands under them.")
        template = "content/blocks/chart.html"
        value_class = ChartValue
        label_format = "{summary}"
        preview_value = {
            "kind": BARS,
            "table": SAMPLE,
            "unit": "cases",
            "summary": "What a reader should see in the chart, in words.",
            "source": "Title of a report",
            "source_url": "",
            "date": date(2026, 1, 1),
            "precision": YEAR,
        }
