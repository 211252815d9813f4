"""A CSV or XLSX file as rows of text. Knows no post; trusts no file."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from social_publisher.messages import cells

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 500
MOST_COLUMNS = 400
MOST_CHARACTERS = 20_000
# Of all cells together, and of an XLSX file's parts when unpacked.
MOST_TEXT = 5_000_000
MOST_UNPACKED = 40 * 1024 * 1024
MOST_MEMBERS = 300
# Rows looked at, empty ones included.
LAST_ROW = 10_000
COMMENT = "#"
DELIMITERS = ",;\t"


class UnreadableFileError(Exception):
    """The file cannot be taken as it is. The message is for staff: why, and what to do."""


@dataclass(frozen=True)
class Sheet:
    """The heading, and the rows under it by their number in the file. A row has as many cells as the heading."""

    heading: list[str]
    rows: list[tuple[int, list[str]]]


def read_file(name: str, stream: IO[bytes], size: int) -> Sheet:
    """Read an uploaded file. Empty rows, and rows that begin with #, are left out. Raises UnreadableFileError."""
    if size > MOST_BYTES:
        raise UnreadableFileError(_("The file is larger than 5 MB. Split it."))
    ending = name.rsplit(".", 1)[-1].lower()
    if ending == "csv":
        return _sheet(_csv_rows(stream.read(MOST_BYTES + 1)))
    if ending == "xlsx":
        return _sheet(_xlsx_rows(stream))
    raise UnreadableFileError(_("Choose a file that ends in .csv or .xlsx; the template has both."))


def _sheet(found: Iterator[tuple[int, Sequence[str]]]) -> Sheet:
    rows = _rows_with_words(found)
    _number, heading = next(rows, (0, []))
    if not heading:
        raise UnreadableFileError(_("The file is empty. Begin with the template."))
    if len(heading) > MOST_COLUMNS:
        raise UnreadableFileError(_("There are more than %(most)d columns.") % {"most": MOST_COLUMNS})
    sheet, length = Sheet(heading, []), 0
    for number, row in rows:
        if len(sheet.rows) == MOST_ROWS:
            raise UnreadableFileError(_("There are more than %(most)d rows. Split the file.") % {"most": MOST_ROWS})
        if len(row) > len(heading):
            raise UnreadableFileError(
                _("Row %(row)d has more cells than the heading. Put texts with separators in quotes.") % {"row": number}
            )
        length += sum(map(len, row))
        if length > MOST_TEXT or max(map(len, row)) > MOST_CHARACTERS:
            raise UnreadableFileError(_("There is too much text, in row %(row)d or in all.") % {"row": number})
        sheet.rows.append((number, row + [""] * (len(heading) - len(row))))
    if not sheet.rows:
        raise UnreadableFileError(_("There is no row under the heading. Write one post a row."))
    return sheet


def _rows_with_words(found: Iterator[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The rows that are neither empty nor a comment, without the empty cells at their end."""
    for number, row in found:
        if number > LAST_ROW:
            words = _("The table goes on below row %(row)d. Remove what is not a post.")
            raise UnreadableFileError(words % {"row": LAST_ROW})
        stripped = _without_empty_end([cell.strip() for cell in row])
        if stripped and not stripped[0].startswith(COMMENT):
            yield number, stripped


def _without_empty_end(row: list[str]) -> list[str]:
    end = next((place for place in range(len(row), 0, -1) if row[place - 1]), 0)
    return row[:end]


def _csv_rows(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from error
    if "\0" in text:
        raise UnreadableFileError(_("This is no CSV file. Save the table as CSV, or upload the XLSX file."))
    before = csv.field_size_limit(MOST_TEXT)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        for number, row in enumerate(rows, 1):
            yield number, [cells.read(cell) for cell in row]
    except csv.Error as error:
        raise UnreadableFileError(_("The file breaks off inside a text in quotes. Close the quotes.")) from error
    finally:
        csv.field_size_limit(before)


def _delimiter(text: str) -> str:
    """What separates the cells of the first line that is no comment."""
    line = next((line for line in text.splitlines() if line.strip() and not line.lstrip('"').startswith(COMMENT)), "")
    outside = "".join(line.split('"')[::2])  # a separator inside quotes separates nothing
    return max(DELIMITERS, key=outside.count)


def _xlsx_rows(stream: IO[bytes]) -> Iterator[tuple[int, Sequence[str]]]:
    _require_harmless(stream)
    try:
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size may be anything
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), 1):
            yield number, [cells.read(value) for value in row]
    except UnreadableFileError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers meet
        raise UnreadableFileError(_("This XLSX file cannot be read. Save it once more as .xlsx, or as CSV.")) from error


def _require_harmless(stream: IO[bytes]) -> None:
    """Look at the archive before anything in it is unpacked. Raises UnreadableFileError.

    No part is read beyond the size that is added up here.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableFileError(_("This is no XLSX file. Save the table as .xlsx, or as CSV.")) from error
    if len(parts) > MOST_MEMBERS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableFileError(_("The file is too large when it is unpacked. Keep one sheet, with the posts alone."))
    stream.seek(0)
