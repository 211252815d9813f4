"""Reads a table of old and new addresses. Plain text in, plain rows out; knows no database."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from urllib.parse import urlsplit

from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _

from social_publisher.messages import cells

MOST_ROWS = 20_000
# Below what Django takes in a form: the checked table travels back in one.
MOST_BYTES = 2_000_000
LONGEST = 255
HEADS = {("old", "new"), ("old path", "new path"), ("from", "to"), ("old_path", "new_path"), ("source", "target")}


class TableError(ValueError):
    """The file cannot be read as a table; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, as written."""

    line: int
    old: str
    new: str


def read_table(data: bytes) -> list[Row]:
    """The rows of a CSV file with two columns, old and new. Raises TableError."""
    if len(data) > MOST_BYTES:
        raise TableError(_("The file is larger than 2 MB. Divide it and import the parts one by one."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(_("The file is not in UTF-8. Save it again as “CSV UTF-8”.")) from error
    if "\0" in text:
        raise TableError(_("This file is no table of text. Save it as CSV."))
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        raise TableError(_("The file cannot be read as CSV. Save it again as “CSV UTF-8”.")) from error
    if not rows:
        raise TableError(_("The file has no rows. Write the old address in the first column, the new in the second."))
    if len(rows) > MOST_ROWS:
        raise TableError(_("The file has more than 20,000 rows. Divide it and import the parts one by one."))
    return rows


def _rows(text: str) -> Iterator[Row]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    for row in reader:
        values = [cells.read(cell).strip() for cell in row]
        if not any(values):
            continue
        head = tuple(value.lower() for value in values[:2])
        if reader.line_num == 1 and head in HEADS:
            continue
        yield Row(reader.line_num, values[0], values[1] if len(values) > 1 else "")


def old_path(text: str) -> str:
    """An old address as the site is asked for it: a path that begins with a slash and ends with none.

    A flat name of the old site (`project-fait`) is a path. Of a full address the host is left out; a query stays, as
    the old site may have told its pages apart by it. Raises ValueError.
    """
    parts = urlsplit(text if "://" in text or text.startswith("/") else f"/{text}")
    path = "/" + parts.path.strip("/")
    if parts.query:
        path += "?" + "&".join(sorted(parts.query.split("&")))
    return uri_to_iri(path)


def is_outside(text: str) -> bool:
    """Whether a new address is on another site."""
    return "://" in text
