"""ZIP files, and the office formats that are ZIP files: looked through before anybody unpacks them."""

from __future__ import annotations

import struct
import zipfile
from os import SEEK_END
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from media.files import beginnings

MOST_ENTRIES = 5_000
MOST_UNPACKED = 256 * 1024 * 1024
# Text and tables pack well; nothing honest packs better than this.
MOST_RATIO = 200
RATIO_MATTERS = 10 * 1024 * 1024
ENCRYPTED = 0x1
# What an entry may be followed by: how long it is, where that was not known before.
DESCRIPTOR = 24
LOCAL, END = 30, 22
_PROGRAMS = """
apk app bat chm cmd com cpl dll docm dotm exe hta htm html iso jar js jse lnk msi msp mht pif potm ppam pptm ps1 reg scr
sh shtml svg swf url vbe vbs wsf xhtml xlam xlsm xltm xml xsl
"""
PROGRAMS = frozenset(_PROGRAMS.split())
ARCHIVES = frozenset({"7z", "ace", "arj", "bz2", "cab", "gz", "lzh", "rar", "tar", "tgz", "xz", "zip", "zst"})


def opened_archive(stream: IO[bytes]) -> zipfile.ZipFile:
    """Open a ZIP file that is safe to unpack. Raises ValidationError, in the user's words."""
    stream.seek(0)
    try:
        archive = zipfile.ZipFile(stream)
        _require_modest(archive)
        _require_whole(archive, stream)
        _require_readable(archive)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError, struct.error) as error:
        raise ValidationError(
            _("This file is damaged, or not what its name says. Save it again and upload that.")
        ) from (error)
    return archive


def require_plain_contents(archive: zipfile.ZipFile) -> None:
    """Refuse programs, web pages and packed files inside, by their names and by how they begin, and what is not what
    its name says. Raises ValidationError naming the first of them."""
    for name in archive.namelist():
        ending, start = ending_of(name), beginning(archive, name)
        if ending in PROGRAMS or beginnings.is_program(start):
            raise ValidationError(
                _("“%(name)s” in this file can run as a program. Take it out, then upload again.") % {"name": name}
            )
        if ending in ARCHIVES or (beginnings.is_packed(start) and ending not in beginnings.ZIPPED):
            raise ValidationError(
                _("“%(name)s” in this file is packed itself. Put its files beside the others, then upload again.")
                % {"name": name}
            )
        if not beginnings.may_be(name, start):
            raise ValidationError(_("This file is damaged, or not what its name says. Save it again and upload that."))


def ending_of(name: str) -> str:
    """What a name ends in. Windows takes points and blanks off: "run.exe." is run.exe."""
    return PurePosixPath(name.rstrip(". ")).suffix.lower().lstrip(".")


def beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    """How a file inside begins."""
    with archive.open(name) as file:
        return file.read(beginnings.ENOUGH)


def _require_modest(archive: zipfile.ZipFile) -> None:
    """What the table of contents says: size, number, names, passwords, pieces that overlap."""
    entries = archive.infolist()
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    archive_size = archive.fp.seek(0, 2) if archive.fp else 0
    # Several entries may share the same bytes, and so unpack to far more than the file seems to hold.
    overlapping = packed > archive_size
    dense = unpacked > RATIO_MATTERS and unpacked > MOST_RATIO * max(packed, 1)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or overlapping or dense:
        raise ValidationError(
            _("Unpacked, this file would be too large: at most 256 MB, 5,000 files. Split it, then upload the parts.")
        )
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename.split("/")[0]:
            raise ValidationError(_("A name in this file points outside of it. Pack the files again, then upload it."))
        if entry.flag_bits & ENCRYPTED:
            raise ValidationError(_("This file has a password, so nobody can check it. Upload it without one."))


def _require_whole(archive: zipfile.ZipFile, stream: IO[bytes]) -> None:
    """Nothing stands before, between or behind the entries that the table of contents names, each once: it would be
    another file, or one that other programs unpack. Raises BadZipFile."""
    if len(set(archive.namelist())) < len(archive.namelist()):
        raise zipfile.BadZipFile("two entries with one name")
    place = 0
    for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
        if not place <= entry.header_offset <= place + (DESCRIPTOR if place else 0):
            raise zipfile.BadZipFile("something is between its entries")
        stream.seek(entry.header_offset + LOCAL - 4)
        name, extra = struct.unpack("<HH", stream.read(4))
        place = entry.header_offset + LOCAL + name + extra + entry.compress_size
    stream.seek(-END - len(archive.comment), SEEK_END)
    if not place <= archive.start_dir <= place + DESCRIPTOR or stream.read(4) != b"PK\x05\x06":
        raise zipfile.BadZipFile("something is before or behind its table of contents")


def _require_readable(archive: zipfile.ZipFile) -> None:
    """Every entry is as long as it says: reading stops there, and a wrong checksum tells of more or less."""
    if (broken := archive.testzip()) is not None:
        raise zipfile.BadZipFile(broken)
