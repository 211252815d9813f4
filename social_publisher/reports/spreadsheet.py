"""Tables as CSV and XLSX. No cell is a formula, and the same tables are the same bytes."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from social_publisher.messages import cells

# Semicolons: spreadsheet programs of most of Europe open such a file as a table at once. Reading takes commas too.
DELIMITER = ";"
# The earliest that a ZIP can say; the time of packing would make the same data other bytes.
TIMESTAMP = (1980, 1, 1, 0, 0, 0)
LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")

Value = str | int | Decimal
Rows = Iterable[Sequence[Value]]


class _Echo:
    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Rows) -> Iterator[bytes]:
    """Rows as a CSV file, line by line, in UTF-8 with a mark by which spreadsheet programs know it."""
    writer = csv.writer(_Echo(), delimiter=DELIMITER)
    mark = "\ufeff"
    for row in rows:
        told = [cells.guard_pieces(value) if isinstance(value, str) else value for value in row]
        yield (mark + str(writer.writerow(told))).encode()
        mark = ""


def xlsx_file(sheets: Iterable[tuple[str, Rows]], made_on: date | None = None) -> IO[bytes]:
    """Sheets as an XLSX file that is gone when it is closed. Text is text and never a formula; numbers are numbers.

    With a day of making, the file says that day and nothing else of when it was made.
    """
    book = Workbook(write_only=True)
    for title, rows in sheets:
        sheet: Any = book.create_sheet(_NOT_IN_NAMES.sub(" ", title)[:LONGEST_NAME])
        sheet.freeze_panes = "A2"
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    stream = tempfile.TemporaryFile()  # noqa: SIM115  # whoever sends it closes it
    book.save(stream)
    stream.seek(0)
    return stream if made_on is None else _without_times(stream, made_on)


def guarded(value: Value | None, none: str) -> Value:
    """A value as it may stand in a cell; `none` is written for what nobody told."""
    if value is None:
        return none
    return cells.written(value) if isinstance(value, str) else value


def _cell(sheet: Any, value: Value) -> Any:
    cell = WriteOnlyCell(sheet, value=cells.keep_guards(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _without_times(stream: IO[bytes], made_on: date) -> IO[bytes]:
    packed = tempfile.TemporaryFile()  # noqa: SIM115  # whoever sends it closes it
    told = rf"\g<1>{made_on.isoformat()}T00:00:00Z\g<2>".encode()
    with stream, zipfile.ZipFile(stream) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _TIMES.sub(told, data)
            entry = zipfile.ZipInfo(name, TIMESTAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    packed.seek(0)
    return packed


def zip_file(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files as one ZIP that says nothing of when it was made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files:
            entry = zipfile.ZipInfo(name, TIMESTAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return packed.getvalue()
