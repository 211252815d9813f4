"""PDF files that do something by themselves. Looked for in the text of the file and in its packed objects."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HEADER = b"%PDF-"
# Readers look for the header in the first kilobyte.
HEADER_WITHIN = 1024
MOST_BYTES = 100 * 1024 * 1024
# An object stream holds the file's objects, not its pictures: it is never larger.
MOST_UNPACKED = 32 * 1024 * 1024

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm(?:(?!endobj).)*?stream\r?\n(.*?)endstream", re.DOTALL)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
# /JS and /JavaScript hold a script, /Launch starts a program, /EmbeddedFiles carries other files, XFA is a program.
_ACTS = re.compile(rb"/(?:JS|JavaScript|Launch|RichMedia|EmbeddedFiles?|XFA|SubmitForm|ImportData)(?![A-Za-z0-9_.+-])")


def check_pdf(stream: IO[bytes]) -> None:
    """Refuse what is no PDF, and PDFs with scripts, programs or other files inside. Raises ValidationError."""
    stream.seek(0)
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValidationError(_("This PDF is heavier than 100 MB. Make it smaller, then upload that."))
    if HEADER not in data[:HEADER_WITHIN]:
        raise ValidationError(_("This file is not a PDF, although its name says so. Save it as PDF, then upload that."))
    if any(_ACTS.search(_plain(part)) for part in _parts(data)):
        raise ValidationError(
            _(
                "This PDF runs a script, starts a program, sends a form or carries other files. Print it to a new PDF, "
                "or save it as PDF/A-2, then upload that."
            )
        )


def _parts(data: bytes) -> Iterator[bytes]:
    """The objects of the file: those that stand in it openly, then those that are packed. Pictures are left out."""
    yield _STREAM.sub(b" ", data)
    for match in _OBJECT_STREAM.finditer(data):
        try:
            yield zlib.decompressobj().decompress(match[1], MOST_UNPACKED)
        except zlib.error:
            continue


def _plain(part: bytes) -> bytes:
    """Names may be written with escapes: /J#61vaScript is /JavaScript."""
    return _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), part)
