"""PDF files that do something by themselves. Looked for in every object, by a library that reads as readers do."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, cast

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HEADER = b"%PDF-"
# Readers look for the header in the first kilobyte, and take anything before it: another file, for one.
HEADER_WITHIN = 1024
BEFORE_HEADER = b"\xef\xbb\xbf \t\r\n\0"
MOST_BYTES = 100 * 1024 * 1024
# /JS and /JavaScript hold a script, /Launch starts a program, /EmbeddedFiles carries other files, XFA is a program.
ACTS = frozenset(
    [
        "/JS",
        "/JavaScript",
        "/Launch",
        "/RichMedia",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/XFA",
        "/SubmitForm",
        "/ImportData",
    ]
)
PACKED, ESCAPE = re.compile(rb"/ObjStm"), re.compile(rb"#([0-9A-Fa-f]{2})")
# Nothing honest is nested deeper, or has more objects.
DEEPEST, MOST_OBJECTS = 64, 2_000_000


def check_pdf(stream: IO[bytes]) -> None:
    """Refuse what is no PDF, and PDFs with scripts, programs or other files inside. Raises ValidationError."""
    stream.seek(0)
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValidationError(_("This PDF is heavier than 100 MB. Make it smaller, then upload that."))
    if not data[:HEADER_WITHIN].lstrip(BEFORE_HEADER).startswith(HEADER) or _is_zip(stream):
        raise ValidationError(_("This file is not a PDF, although its name says so. Save it as PDF, then upload that."))
    if _acts(stream, data):
        raise ValidationError(
            _(
                "This PDF runs a script, starts a program, sends a form or carries other files. Print it to a new PDF, "
                "or save it as PDF/A-2, then upload that."
            )
        )


def _is_zip(stream: IO[bytes]) -> bool:
    """Whether it is a ZIP file too, which is read from its end."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _acts(stream: IO[bytes], data: bytes) -> bool:
    """Whether anything in it acts. Objects are read as a reader reads them: packed, escaped or encrypted without a
    password. Raises ValidationError for what no reader could open, or only with a password."""
    stream.seek(0)
    try:
        with pikepdf.open(cast("BinaryIO", stream)) as file:
            # A reader that makes a broken file's index anew may find packed objects that are not found here.
            if file.get_warnings() and PACKED.search(ESCAPE.sub(_meant, data)):
                raise ValueError("packed objects that no index names")
            return any(name in ACTS for name in _names(file))
    except pikepdf.PasswordError as error:
        raise ValidationError(_("This file has a password, so nobody can check it. Upload it without one.")) from error
    except (pikepdf.PdfError, ValueError, RecursionError, OverflowError) as error:
        raise ValidationError(
            _("This file is damaged, or not what its name says. Save it again and upload that.")
        ) from error


def _meant(escaped: re.Match[bytes]) -> bytes:
    """Names may be written with escapes: /O#62jStm is /ObjStm."""
    return bytes([int(escaped[1], 16)])


def _names(file: pikepdf.Pdf) -> Iterator[str]:
    """Every name that stands in the file's objects, as a key or as a value."""
    seen = 0
    open_ones: list[tuple[Any, int]] = [(file.trailer, 0), *((one, 0) for one in file.objects)]
    while open_ones:
        one, depth = open_ones.pop()
        seen += 1
        if depth > DEEPEST or seen > MOST_OBJECTS:
            raise ValueError("nested too deep, or too much")
        if isinstance(one, pikepdf.Name):
            yield str(one)
        elif isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
            for key, value in one.items():
                yield str(key)
                if not getattr(value, "is_indirect", False):
                    open_ones.append((value, depth + 1))
        elif isinstance(one, pikepdf.Array):
            open_ones += [(value, depth + 1) for value in one if not getattr(value, "is_indirect", False)]
