"""One door for every document, whichever way it comes in."""

from __future__ import annotations

import codecs
import re
from os import SEEK_END
from pathlib import PurePath
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from media.files import beginnings
from media.files.archives import opened_archive, require_plain_contents
from media.files.office import KINDS, check_office, without_people
from media.files.pdf import check_pdf
from media.refused import noting_refusals

TEXTS = ("csv", "txt")
SAMPLE = 1024 * 1024
# Signs that no text has, but for tabs, ends of lines and pages, and the old sign of its end.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")


@noting_refusals
def checked_document(source: IO[bytes], name: str) -> File[bytes]:
    """Return the document as it may be kept; raise ValidationError for one that may not, saying what to do.

    What its name says is held against its bytes. Programs, in whatever wrapping, are refused. Authors' names leave
    office files. PDFs stay as they are: a changed byte would break signatures and tags.
    """
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending not in settings.WAGTAILDOCS_EXTENSIONS:
        raise ValidationError(
            _("Files like “%(name)s” are not taken. These are: %(endings)s.")
            % {"name": PurePath(name).name, "endings": ", ".join(settings.WAGTAILDOCS_EXTENSIONS)}
        )
    _require_size(source)
    kept = None
    if ending == "pdf":
        check_pdf(source)
    elif ending in TEXTS:
        _check_text(source)
    elif ending in KINDS:
        archive = opened_archive(source)
        check_office(archive, ending)
        kept = without_people(archive)
    else:
        require_plain_contents(opened_archive(source))
    source.seek(0)
    return File(source, name=name) if kept is None else ContentFile(kept, name=name)


def _require_size(source: IO[bytes]) -> None:
    """Not more than readers on a telephone can load. Raises ValidationError."""
    size = source.seek(0, SEEK_END)
    if size > settings.DOCUMENT_MOST_BYTES:
        raise ValidationError(
            _("This file has %(size)s; at most %(most)s are taken. Make it smaller, or split it.")
            % {"size": filesizeformat(size), "most": filesizeformat(settings.DOCUMENT_MOST_BYTES)}
        )


def _check_text(source: IO[bytes]) -> None:
    source.seek(0)
    start = source.read(SAMPLE)
    unicode = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    words = start.decode("utf-16", "replace").encode() if unicode else start
    other = beginnings.is_program(words) or beginnings.is_packed(words) or not beginnings.may_be("a.txt", words)
    rest = () if unicode else iter(lambda: source.read(SAMPLE), b"")
    if other or _NO_TEXT.search(words) or any(_NO_TEXT.search(piece) for piece in rest):
        raise ValidationError(_("This file is not plain text, although its name says so. Give it its own name."))
