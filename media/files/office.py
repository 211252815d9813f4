"""Office files: what kind they are, whether they hold a program, and their copy without the names of people."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import NamedTuple

from defusedxml import DefusedXmlException, ElementTree
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from media.files.archives import PROGRAMS, beginning, ending_of
from media.files.beginnings import is_program


class Kind(NamedTuple):
    """How a format shows itself: an entry that is there, and what it says."""

    entry: str
    says: bytes


_MAIN = b"application/vnd.openxmlformats-officedocument"
KINDS = {
    "docx": Kind("[Content_Types].xml", _MAIN + b".wordprocessingml.document.main+xml"),
    "xlsx": Kind("[Content_Types].xml", _MAIN + b".spreadsheetml.sheet.main+xml"),
    "odt": Kind("mimetype", b"application/vnd.oasis.opendocument.text"),
    "ods": Kind("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
}
_MACROS = re.compile(
    r"(?:^|/)(?:vbaProject[^/]*\.bin|vbaData\.xml|macrosheets/.*)$|^(?:Basic|Scripts)/.+", re.IGNORECASE
)
# What office files are made of themselves.
_RUNS = PROGRAMS - {"xml", "xsl", "svg", "htm", "html", "xhtml"}
_ACTIVE_TYPES = (b"macroEnabled", b"ms-office.vbaProject", b"ms-excel.macrosheet", b"ms-excel.intlmacrosheet")
# A template from elsewhere, or a frame that loads one: opened without asking. Links of the text are no danger.
_FETCHES = ("/attachedtemplate", "/frame", "/oleobject", "/subdocument")
_PEOPLE = {
    "docProps/core.xml": re.compile(
        rb"<(?:\w+:)?(creator|lastModifiedBy)\b[^>]*?(?:/>|>.*?</(?:\w+:)?\1>)", re.DOTALL | re.IGNORECASE
    ),
    "docProps/app.xml": re.compile(
        rb"<(?:\w+:)?(Manager|Company|HyperlinkBase)\b[^>]*?(?:/>|>.*?</(?:\w+:)?\1>)", re.DOTALL | re.IGNORECASE
    ),
    "meta.xml": re.compile(
        rb"<(?:\w+:)?(initial-creator|creator|printed-by|user-defined)\b[^>]*?(?:/>|>.*?</(?:\w+:)?\1>)",
        re.DOTALL | re.IGNORECASE,
    ),
}
_THUMBNAILS = ("docProps/thumbnail", "Thumbnails/")


def check_office(archive: zipfile.ZipFile, ending: str) -> None:
    """Refuse what is not of the kind its name says, what holds a program or fetches one. Raises ValidationError."""
    kind = KINDS[ending]
    names = archive.namelist()
    declared = archive.read(kind.entry) if kind.entry in names else b""
    if _holds_program(names, declared):
        raise ValidationError(_("This file holds macros, which are programs. Save it without them, then upload that."))
    if kind.says not in declared or (kind.entry == "mimetype" and declared.strip() != kind.says):
        raise ValidationError(
            _("This file is not %(ending)s, although its name says so. Save it in that format, then upload that.")
            % {"ending": ending.upper()}
        )
    for name in names:
        if ending_of(name) in _RUNS or is_program(beginning(archive, name)):
            raise ValidationError(
                _("“%(name)s” in this file can run as a program. Take it out, then upload again.") % {"name": name}
            )
    if any(_fetches(archive.read(name)) for name in names if name.lower().endswith(".rels")):
        raise ValidationError(
            _("This file loads a template or an object from elsewhere when opened. Take it out, then upload again.")
        )


def _fetches(relations: bytes) -> bool:
    """Whether a part of the file names something elsewhere that is loaded with it; what cannot be read is not taken."""
    try:
        found = ElementTree.fromstring(relations)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError):
        return True
    for element in found.iter():
        told = {name.rpartition("}")[2].lower(): value.strip().lower() for name, value in element.attrib.items()}
        if told.get("targetmode") == "external" and told.get("type", "").endswith(_FETCHES):
            return True
    return False


def without_people(archive: zipfile.ZipFile) -> bytes | None:
    """Return the file without its authors' names, their organisation and the preview picture; None if it has none."""
    found = {name: rule.subn(b"", archive.read(name)) for name, rule in _PEOPLE.items() if name in archive.namelist()}
    previews = [name for name in archive.namelist() if name.startswith(_THUMBNAILS) and not name.endswith("/")]
    if not previews and not any(count for _data, count in found.values()):
        return None
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in archive.infolist():
            data = found[entry.filename][0] if entry.filename in found else archive.read(entry)
            # A preview that the file's relations name must be there: an empty one says nothing.
            copy.writestr(entry, b"" if entry.filename in previews else data)
    return target.getvalue()


def _holds_program(names: list[str], declared: bytes) -> bool:
    return any(_MACROS.search(name) for name in names) or any(kind in declared for kind in _ACTIVE_TYPES)
