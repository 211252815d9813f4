"""Tables that are no tables: refused in words, and nothing of them is stored. Bombs are known before they go off.

What faults a readable table may have is told in tests/integration/importing and tests/unit/importing.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook
from wagtail.contrib.redirects.models import Redirect

from social_publisher.desk.importing import reader
from social_publisher.desk.importing.reader import UnreadableFileError, read_file
from social_publisher.models import HeldImport, Post
from tests.factories import make_campaign, make_channel
from tests.integration.hostile.asking import asked, signed_in, stored
from tests.pages import make_home
from tests.support.hostile import (
    FORMULAS,
    HEADERS,
    JAVASCRIPT,
    MARK,
    REDIRECTS,
    TYPED,
    is_alive_address,
    leads_out,
    texts,
)

pytestmark = pytest.mark.django_db
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'hx9'>"
    + "".join(f"<!ENTITY a{number} '{f'&a{number - 1};' * 10}'>" for number in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/hx9.dtd"> %p;]><!--&a9;-->'
PARTS = (
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
)
HEAD = "campaign,text,channels,due\n"


def workbook(rows: int = 2) -> bytes:
    book, stream = Workbook(), BytesIO()
    for number in range(rows):
        book.worksheets[0].append(["campaign" if number == 0 else "x", "text", "channels", "due"])
    book.save(stream)
    return stream.getvalue()


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook())) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in source.namelist():
            data = source.read(part)
            copy.writestr(part, change(data) if part == name else data)
    return target.getvalue()


def entities(declared: str) -> Callable[[bytes], bytes]:
    """The part after a declaration, with the entity where its first text or attribute is."""

    def changed(data: bytes) -> bytes:
        body = data.partition(b"?>")[2] if data.startswith(b"<?xml") else data
        body = body.replace(b">campaign<", b">&a9;<", 1).replace(b'name="Sheet"', b'name="&a9;"', 1)
        return declared.encode() + body.replace(b'name="Calibri"', b'name="&a9;"', 1).replace(
            b'val="Calibri"', b'val="&a9;"'
        )

    return changed


def sheet(inside: str) -> bytes:
    """A workbook whose sheet holds just this."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_part(PARTS[0], lambda _data: f'<worksheet xmlns="{space}">{inside}</worksheet>'.encode())


CELL = '<c r="A1" t="inlineStr"><is><t>campaign</t></is></c>'
BOMBS: dict[str, Callable[[], bytes]] = {
    "one part of zeros": lambda: sheet("0" * (reader.MOST_UNPACKED + 1)),
    "many parts": lambda: packed({f"x{number}": b"" for number in range(reader.MOST_MEMBERS + 1)}),
    "a packed bomb inside": lambda: packed({"xl/a.zip": packed({"b": b"\0" * (reader.MOST_UNPACKED + 1)})}),
    "a sheet of every row there is": lambda: sheet(
        f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{CELL}</row><row r="1048576">{CELL}</row></sheetData>'
    ),
    "a row of every column there is": lambda: sheet(
        f'<sheetData><row r="1">{CELL}</row><row r="2">{CELL.replace("A1", "XFD2")}</row></sheetData>'
    ),
    "a cell of too much text": lambda: sheet(
        f'<sheetData><row r="1">{CELL}</row><row r="2">{CELL.replace("campaign", "x" * 8_000_000)}</row></sheetData>'
    ),
    "depth": lambda: sheet("<sheetData>" + "<row>" * 100_000),
    "rows without end": lambda: sheet("<sheetData>" + f"<row>{CELL}</row>" * 20_000 + "</sheetData>"),
}


def packed(entries: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return target.getvalue()


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How much was unpacked of archives, piece by piece."""
    sizes: list[int] = []
    read = zipfile.ZipExtFile._read1  # type: ignore[attr-defined]

    def counted(file: Any, amount: int) -> bytes:
        data: bytes = read(file, amount)
        sizes.append(len(data))
        return data

    monkeypatch.setattr(zipfile.ZipExtFile, "_read1", counted)
    return sizes


def refused(data: bytes, name: str = "posts.xlsx") -> str:
    """The words a file is refused with."""
    with pytest.raises(UnreadableFileError) as told:
        read_file(name, BytesIO(data), len(data))
    return str(told.value)


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_and_little_of_it_is_unpacked(kind: str, unpacked: list[int]) -> None:
    data = BOMBS[kind]()
    unpacked.clear()
    assert len(data) < reader.MOST_BYTES
    assert MARK not in refused(data)
    assert sum(unpacked) <= reader.MOST_UNPACKED


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, PARAMETER], ids=["laughs", "outside", "parameter"])
@pytest.mark.parametrize("part", PARTS)
def test_no_entity_is_resolved(part: str, declared: str) -> None:
    """The sheet is refused; of the parts beside it nothing comes into any cell."""
    data = with_part(part, entities(declared))
    try:
        found = str(read_file("posts.xlsx", BytesIO(data), len(data)))
    except UnreadableFileError as error:
        found = str(error)
    else:
        assert part != PARTS[0]
    assert "root:" not in found
    assert len(found) < 500


def test_a_size_that_lies_unpacks_no_more_than_it_says(unpacked: list[int]) -> None:
    """The table of contents says ten bytes; the part has far more."""
    data = bytearray(sheet("0" * 30_000_000))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(PARTS[0].encode(), data.index(mark)) - (30 if mark == b"PK\x03\x04" else 46)
        data[start + place : start + place + 4] = (10).to_bytes(4, "little")
    unpacked.clear()
    refused(bytes(data))
    assert sum(unpacked) < 1_000_000


ENCODED = {
    "UTF-16": "utf-16",
    "UTF-16 without a mark": "utf-16-le",
    "UTF-32": "utf-32",
    "the old Romanian one": "cp1250",
    "the old Cyrillic one": "koi8-r",
    "a host's": "cp037",
}


@pytest.mark.parametrize("encoding", ENCODED.values(), ids=ENCODED)
def test_another_encoding_is_refused(encoding: str) -> None:
    assert refused((HEAD + "x,Дан,y,z\n").encode(encoding, "replace").replace(b"?", b"\xe3"), "posts.csv")


BROKEN = {
    "half a character": HEAD.encode() + b"x,\xc3,y,z\n",
    "a surrogate": HEAD.encode() + b"x,\xed\xa0\x80,y,z\n",
    "a NUL": HEAD.encode() + b"x,\0,y,z\n",
    "overlong": HEAD.encode() + b"x,\xc0\xaf,y,z\n",
    "quotes": b'"' * 4_000_001,
    "many columns": b"x," * 1_000_000 + b"x\n" + b"x," * 1_000_000,
    "a million lines": b"campaign\n" + b"\n" * 1_000_000 + b"x",
    "one line": b"a" * 5_000_000,
    "a program": b"MZ\x90\0",
    "a picture": b"\x89PNG\r\n\x1a\n\0",
    "HTML": b"<html><script>hx9()</script>\0",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_no_csv_is_refused(kind: str) -> None:
    assert refused(BROKEN[kind], "posts.csv")


class Row(list[str]):
    """A row that counts how many cells were copied out of it and of its copies."""

    copied = 0

    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        if not isinstance(place, slice):
            return found
        Row.copied += len(found)
        return Row(found)


def test_the_empty_end_of_a_row_is_taken_off_at_once() -> None:
    Row.copied = 0
    assert reader._without_empty_end(Row(["x"] + [""] * 2_000)) == ["x"]
    assert Row.copied <= 4_002


@pytest.mark.parametrize(
    "name", ["posts.csv", "posts.xlsx", "../posts.xlsx", "posts.xlsx\0.csv", "posts.php", "", "csv", "x" * 300 + ".csv"]
)
@pytest.mark.parametrize(
    "data", [b"", b"\0", b"PK\x03\x04", BROKEN["half a character"]], ids=["nothing", "NUL", "ZIP", "half"]
)
def test_the_screen_says_so_and_holds_nothing(client: Client, name: str, data: bytes) -> None:
    client, before = signed_in(), stored()
    answer, broken = asked(
        lambda: client.post(reverse("social_planning:import"), {"file": SimpleUploadedFile(name or "x", data)})
    )
    assert (answer.status_code, broken) == (200, "")
    assert stored() == before


def test_everything_hostile_in_every_cell_is_text(client: Client) -> None:
    """Whatever stands in a table, it is refused at its cell or becomes the text of a draft as it was written."""
    campaign, channel = make_campaign(), make_channel()
    client, before = signed_in(), Post.objects.count()
    values = [value for value in texts((*FORMULAS, *TYPED)) if value.strip()]
    for start in range(0, len(values), 60):
        rows = ["campaign;text;channels;due;link title;content warning"]
        cells = ['"{}"'.format(value.replace('"', '""')) for value in values[start : start + 60]]
        rows += [f"{campaign.code};{cell};{channel.name};2027-03-04 15:30;{cell};{cell}" for cell in cells]
        rows += [f"{cell};x;{cell};{cell};{cell};x" for cell in cells]
        file = SimpleUploadedFile("posts.csv", "\n".join(rows).encode())
        answer, broken = asked(partial(client.post, reverse("social_planning:import"), {"file": file}))
        assert (answer.status_code, broken) == (200, "")
    assert not HeldImport.objects.exists()
    assert Post.objects.count() == before


def redirects(data: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile("old.csv", data.encode() if isinstance(data, str) else data)


@pytest.mark.parametrize("kind", BROKEN)
def test_no_broken_table_of_old_addresses_is_taken(kind: str, tmp_path: Any) -> None:
    make_home()
    client, before = signed_in(), stored()
    answer, broken = asked(
        lambda: client.post(reverse("import-old-addresses"), {"file": redirects(BROKEN[kind]), "store": "1"})
    )
    assert (answer.status_code, broken) == (200, "")
    assert stored() == before
    (tmp_path / "old.csv").write_bytes(BROKEN[kind])
    with pytest.raises(CommandError):
        call_command("import_redirects", str(tmp_path / "old.csv"))
    assert stored() == before


def targets() -> Iterator[str]:
    yield from (
        value for value in (*REDIRECTS, *JAVASCRIPT, *HEADERS, *FORMULAS) if "\0" not in value and value.strip()
    )


@pytest.mark.parametrize("target", [*targets()])
def test_no_old_address_leads_where_nobody_meant(target: str) -> None:
    """It is refused, or it is a whole address of https:// that leads where it says."""
    make_home()
    cell = target.replace('"', '""')
    table = redirects(f'old;new\n/hx9-old;"{cell}"\n')
    answer, broken = asked(lambda: signed_in().post(reverse("import-old-addresses"), {"file": table, "store": "1"}))
    assert not broken
    led = Client(raise_request_exception=False).get("/hx9-old/")
    location = led.get("Location", "")
    assert not is_alive_address(location) or location.lower().startswith("https://")
    if location and leads_out(location, "testserver"):
        assert target.strip().lower().startswith("https://hx9.") or target.strip().startswith(
            "https://127.0.0.1:8000.hx9"
        )
    assert answer.status_code in {200, 302}
    assert Redirect.objects.count() <= 1
