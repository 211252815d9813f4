from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock, TypedTableBlockValidationError
from wagtail_localize.segments import StringSegmentValue

from content.blocks.dated import Dated, date_block, precision_block, source_block, source_url_block
from content.blocks.groups import NUMBERS
from content.quality import refuse, table_findings

SAMPLE = {
    "caption": "What the table shows",
    "columns": [{"type": "text", "heading": "Year"}, {"type": "number", "heading": "Cases"}],
    "rows": [{"values": ["First year", "12"]}, {"values": ["Second year", "20"]}, {"values": ["Third year", "17"]}],
}


class DataTableBlock(TypedTableBlock):
    """A table of words and numbers. Its words are translated one by one, its numbers are the same everywhere."""

    text = blocks.CharBlock(label=_("Words"), required=False)
    number = blocks.DecimalBlock(label=_("Numbers"), required=False)

    def clean(self, table: TypedTable) -> TypedTable:
        """Refuse a table without caption or headings."""
        cleaned = super().clean(table)
        if self.is_deferred_validation:
            return cleaned
        found = table_findings(cleaned.caption, headings(cleaned), [row_texts(row) for row in cleaned.row_data])
        if error := refuse(found):
            raise TypedTableBlockValidationError(non_block_errors=error.error_list)
        return cleaned

    def get_translatable_segments(self, table: TypedTable) -> list[StringSegmentValue]:
        """Return caption, headings and words for translation."""
        texts = {"caption": table.caption}
        texts |= {f"heading.{number}": column["heading"] for number, column in enumerate(table.columns)}
        for row, cells in enumerate(table.row_data):
            texts |= {f"cell.{row}.{number}": cell for number, cell in enumerate(cells["values"])}
        return [StringSegmentValue(path, text) for path, text in texts.items() if isinstance(text, str) and text]

    def restore_translated_segments(self, table: TypedTable, segments: list[StringSegmentValue]) -> TypedTable:
        """Put the translations where the words were."""
        for segment in segments:
            kind, *place = segment.path.split(".")
            text = segment.render_text()
            if kind == "caption":
                table.caption = text
            elif kind == "heading":
                table.columns[int(place[0])]["heading"] = text
            else:
                table.row_data[int(place[0])]["values"][int(place[1])] = text
        return table

    class Meta:
        icon = "table"
        label = _("Table")


def headings(table: TypedTable) -> list[str]:
    """The columns' headings."""
    return [str(column["heading"] or "") for column in table.columns]


def row_texts(row: dict[str, Any]) -> list[str]:
    """The cells of a row as text."""
    return ["" if cell is None else str(cell) for cell in row["values"]]


class TableValue(Dated):
    """A table for its template: each cell with whether it is a number."""

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """Heading, and whether numbers stand under it."""
        return [(str(column["heading"] or ""), column["block"].name == "number") for column in self["table"].columns]

    @property
    def rows(self) -> list[list[tuple[Any, bool]]]:
        """Rows of cells, each with whether it is a number."""
        return [[(cell, isinstance(cell, Decimal)) for cell in row["values"]] for row in self["table"].row_data]


class TableBlock(blocks.StructBlock):
    """A table with its source."""

    table = DataTableBlock(
        label=_("Table"), help_text=_("The first column names the rows. Numbers in columns of numbers are lined up.")
    )
    source = source_block(required=False)
    source_url = source_url_block()
    date = date_block(required=False, help_text=_("Of when the numbers are."))
    precision = precision_block()

    class Meta:
        icon = "table"
        label = _("Table")
        group = NUMBERS
        description = _("Rows and columns with a caption and headings.")
        template = "content/blocks/table.html"
        value_class = TableValue
        preview_value = {
            "table": SAMPLE,
            "source": "Title of a report",
            "source_url": "",
            "date": None,
            "precision": "day",
        }
