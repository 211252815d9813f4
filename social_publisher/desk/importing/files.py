"""Tables as files: exports, and the template."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from content.records import Campaign
from social_publisher.desk.importing.columns import (
    HELP,
    OWN_TEXT,
    PICTURE,
    PICTURE_ALT,
    Column,
    channel_heading,
    picture_heading,
)
from social_publisher.desk.importing.reader import COMMENT
from social_publisher.messages import cells
from social_publisher.models import Channel

CSV, XLSX = "csv", "xlsx"
# Semicolons: spreadsheet programs of most of Europe open such a file as a table at once. Reading takes commas too.
DELIMITER = ";"


class _Echo:
    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[list[str]]) -> Iterator[bytes]:
    """Rows as a CSV file, line by line, in UTF-8 with a mark by which spreadsheet programs know it."""
    writer = csv.writer(_Echo(), delimiter=DELIMITER)
    mark = "\ufeff"
    for row in rows:
        yield (mark + str(writer.writerow(row))).encode()
        mark = ""


def xlsx_file(sheets: Iterable[tuple[str, Iterable[list[str]]]]) -> IO[bytes]:
    """Sheets as an XLSX file that is gone when it is closed. Every cell is text and none a formula."""
    book = Workbook(write_only=True)
    for title, rows in sheets:
        sheet: Any = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for row in rows:
            sheet.append([_cell(sheet, text) for text in row])
    stream = tempfile.TemporaryFile()  # noqa: SIM115  # whoever sends it closes it
    book.save(stream)
    stream.seek(0)
    return stream


def _cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def template_heading() -> list[str]:
    """The columns of the template: all there are, with one picture and an own text for every channel."""
    texts = [channel_heading(name, OWN_TEXT) for name in Channel.objects.values_list("name", flat=True)]
    pictures = [picture_heading(1, PICTURE), picture_heading(1, PICTURE_ALT)]
    return [*(column.value for column in Column), *pictures, *map(cells.written, texts)]


def _explained() -> list[list[str]]:
    return [[name, str(words)] for name, words in HELP.items()]


def _listed() -> list[list[str]]:
    campaigns = [[_("campaign"), cells.written(code), cells.written(name)] for code, name in
                 Campaign.objects.values_list("code", "name")]  # fmt: skip
    channels = [[_("channel"), cells.written(name), zone] for name, zone in
                Channel.objects.values_list("name", "time_zone")]  # fmt: skip
    return [*campaigns, *channels, *([_("language"), code, str(name)] for code, name in settings.LANGUAGES)]


def csv_template() -> Iterator[bytes]:
    """The template as CSV: what the columns mean and what may stand in them, in lines that are not imported."""
    notes = [[f"{COMMENT} {first}", *rest] for first, *rest in [*_explained(), *_listed()]]
    return csv_lines([*notes, template_heading()])


def xlsx_template() -> IO[bytes]:
    """The template as XLSX: the sheet to fill in, one that explains the columns, one with what may stand in them."""
    return xlsx_file(
        [
            (_("Posts"), [template_heading()]),
            (_("Columns"), [[_("Column"), _("What to write")], *_explained()]),
            (_("Names"), [[_("Kind"), _("Write"), _("Meaning")], *_listed()]),
        ]
    )
