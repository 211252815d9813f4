"""Files that are two things at once, or something else behind a name that is taken, alone and within a ZIP file."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from media.files import checked_document
from media.models import CampaignDocument
from tests.factories import picture_bytes
from tests.integration.hostile.asking import asked, signed_in
from tests.integration.media.test_documents import packed, word
from tests.support.samples import jpeg, pdf

MZ = b"MZ" + b"\0" * 200
LOCAL, DIRECTORY, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def with_entries(*entries: tuple[str, bytes], comment: bytes = b"") -> bytes:
    """A ZIP file of these, whatever stands twice in it."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive, pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *_words, **_more: None)
        for name, data in entries:
            archive.writestr(name, data)
        archive.comment = comment
    return target.getvalue()


def between(hidden: bytes) -> bytes:
    """A ZIP file of one text, with this between that and the table of contents, which does not name it."""
    honest = with_entries(("a.txt", b"a"))
    place = honest.index(DIRECTORY)
    table = bytearray(honest[place:])
    at = table.index(END) + 16
    table[at : at + 4] = struct.pack("<I", place + len(hidden))
    return honest[:place] + hidden + bytes(table)


def unnamed(name: str, data: bytes) -> bytes:
    """An entry without a table of contents."""
    whole = with_entries((name, data))
    return whole[: whole.index(DIRECTORY)]


def with_zip_behind(data: bytes) -> bytes:
    """It is read from its beginning, and a ZIP file from its end."""
    return data + with_entries(("run.exe", MZ), comment=b"\n%%EOF\n")


DISGUISES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a PDF behind a program": ("a.pdf", lambda: MZ + pdf()),
    "a PDF behind a script": ("a.pdf", lambda: b"#!/bin/sh\nexit\n" + pdf()),
    "a PDF behind a page": ("a.pdf", lambda: b"<script>hx9()</script>" + pdf()),
    "a PDF behind a picture": ("a.pdf", lambda: picture_bytes()[:200] + pdf()),
    "a PDF that is a ZIP file": ("a.pdf", lambda: with_zip_behind(pdf())),
    "a ZIP file that is a PDF": ("a.zip", lambda: pdf() + with_entries(("a.txt", b"a"))),
    "a ZIP file that is a picture": ("a.zip", lambda: jpeg() + with_entries(("a.txt", b"a"))),
    "a ZIP file that unpacks itself": ("a.zip", lambda: MZ + with_entries(("a.txt", b"a"))),
    "a ZIP file with something behind it": ("a.zip", lambda: with_entries(("a.txt", b"a")) + MZ),
    "a ZIP file with two tables of contents": ("a.zip", lambda: with_entries(("a.txt", b"a")) + with_entries()),
    "an entry that no table names": ("a.zip", lambda: between(unnamed("run.exe", MZ))),
    "an entry before the first that a table names": (
        "a.zip",
        lambda: unnamed("run.exe", MZ) + with_entries(("a.txt", b"a")),
    ),
    "an entry twice": ("a.zip", lambda: with_entries(("a.txt", MZ), ("a.txt", b"a"))),
    "a program called text, in a ZIP file": ("a.zip", lambda: packed(a_txt=MZ)),
    "a program of Linux without a name's ending": ("a.zip", lambda: packed(run=b"\x7fELF\x02")),
    "a script without a name's ending": ("a.zip", lambda: packed(run=b"#!/bin/sh")),
    "a program called PDF": ("a.zip", lambda: packed(a_pdf=MZ)),
    "a page called PDF": ("a.zip", lambda: packed(a_pdf=b"<!DOCTYPE html>")),
    "a page called text": ("a.zip", lambda: packed(a_txt=b"\xef\xbb\xbf <html>")),
    "a page called a picture": ("a.zip", lambda: packed(a_png=b"<svg onload=hx9()>")),
    "a PDF called text": ("a.zip", lambda: packed(a_txt=pdf())),
    "a ZIP file called text": ("a.zip", lambda: packed(a_txt=packed(b_txt=b"b"))),
    "a RAR file called data": ("a.zip", lambda: packed(a_dat=b"Rar!\x1a\x07\x01\0")),
    "a tar file called data": ("a.zip", lambda: packed(a_dat=b"a" + b"\0" * 256 + b"ustar\x0000")),
    "an office file behind a program": ("a.docx", lambda: MZ + word()),
    "an office file with a program": ("a.docx", lambda: word(word__embeddings__run_exe=b"x")),
    "an office file with a program called otherwise": ("a.docx", lambda: word(word__embeddings__a_bin=MZ)),
    "an office file with an entry that no table names": (
        "a.docx",
        lambda: word() + unnamed("word/vbaProject.bin", b"x") + with_entries(),
    ),
    "an office file called by the name of another": ("a.xlsx", word),
    "a page in UTF-16": ("a.txt", lambda: "<!DOCTYPE html><script>hx9()</script>".encode("utf-16")),
    "a program of macOS called text": ("a.txt", lambda: b"\xcf\xfa\xed\xfe\x07"),
    "a packed file called a table": ("a.csv", lambda: b"7z\xbc\xaf'\x1c"),
    "sound called text": ("a.txt", lambda: b"ID3\x03" + b"x" * 50),
    "text with a program far behind": ("a.txt", lambda: b"a" * 2_000_000 + MZ),
}


@pytest.mark.parametrize(("name", "data"), DISGUISES.values(), ids=DISGUISES)
def test_it_is_not_taken(name: str, data: Callable[[], bytes]) -> None:
    with pytest.raises(ValidationError):
        checked_document(BytesIO(data()), name)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["a PDF behind a program", "an entry that no table names", "a page in UTF-16"])
def test_nor_by_the_form(kind: str) -> None:
    name, data = DISGUISES[kind]
    form = {"title": "x", "file": SimpleUploadedFile(name, data())}
    answer, broken = asked(partial(signed_in().post, reverse("wagtaildocs:add"), form))
    assert (answer.status_code, broken) == (200, "")
    assert "not what its name says" in answer.content.decode() or "although its name says so" in answer.content.decode()
    assert not CampaignDocument.objects.exists()


def streamed() -> bytes:
    """A ZIP file as one is written that cannot be gone back in: lengths stand behind the entries."""

    class OneWay(BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_where: int) -> int:
            raise OSError

    target = OneWay()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"a" * 100)
        archive.writestr("b.txt", b"b")
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"\n" + pdf()),
        ("a.zip", streamed()),
        ("a.zip", with_entries(("b/", b""), ("b/a.pdf", pdf()), ("b/a.jpg", jpeg()), ("a.docx", word()))),
        ("a.zip", with_entries(("a.pdf", pdf()), ("__MACOSX/._a.pdf", b"\0\x05\x16\x07\0\x02"), comment=b"by a Mac")),
        ("a.zip", with_entries(("a.txt", b""), ("data", b"\x01\x02"))),
        ("a.txt", "Ζήτα, č\r\n\f".encode("utf-16")),
        ("a.csv", "č;ž\r\n\x1a".encode("cp1250")),
    ],
)
def test_what_is_harmless_is_taken(name: str, data: bytes) -> None:
    assert checked_document(BytesIO(data), name).read()
