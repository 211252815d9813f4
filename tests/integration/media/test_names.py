"""A downloaded document has a name of ours, and is asked for by that one alone."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from media.models import CampaignDocument
from tests.factories import make_user
from tests.support.samples import pdf

pytestmark = pytest.mark.django_db
# What would make another name, another header or another look of it.
NAMES = {
    "as it should be": ("guide.pdf", "guide.pdf"),
    "quotes": ('a"; filename="run.exe".pdf', "a_filenamerun.exe.pdf"),
    "a backslash": ("a\\.pdf", "a.pdf"),
    "a line end": ("a\r\nSet-Cookie: hx9=1.pdf", "aSet-Cookie_hx91.pdf"),
    "written from right to left": ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
    "marks nobody sees": ("a\u200b\u2066b\x07.pdf", "ab.pdf"),
    "another script": ("Οδηγός č.pdf", "Οδηγός_č.pdf"),
    "escapes": ("a%22%0d%0a.pdf", "a220d0a.pdf"),
    "markup": ("<b>a.pdf", "ba.pdf"),
    "a blank at the end": ("a.pdf ", "a.pdf"),
}


def named(name: str, row: str = "") -> CampaignDocument:
    """A document whose row names its file like this, whatever a form would have made of it."""
    document = CampaignDocument.objects.create(title="x", file=ContentFile(pdf(), name="x.pdf"))
    path = Path(document.file.path)
    path.rename(path.parent / name)
    CampaignDocument.objects.filter(pk=document.pk).update(file=row or f"documents/{name}")
    return CampaignDocument.objects.get(pk=document.pk)


def name_told(header: str) -> str:
    """The name that a browser saves the file by (RFC 6266), of a header with nothing in it but one name."""
    form = re.fullmatch(r"attachment; filename=\"([\w. '-]*)\"(?:; filename\*=UTF-8''([\w.%~-]+))?", header, re.ASCII)
    assert form, header
    return unquote(form[2]) if form[2] else form[1]


@pytest.mark.parametrize(("stored", "ours"), NAMES.values(), ids=NAMES)
def test_a_file_has_a_name_of_ours_whatever_is_stored(stored: str, ours: str, client: Client) -> None:
    document = named(stored)
    assert document.url == reverse("wagtaildocs_serve", args=[document.pk, ours])
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert name_told(answer.headers["Content-Disposition"]) == ours
    assert answer.getvalue() == pdf()


@pytest.mark.parametrize("row", ["../../../etc/passwd", "documents/../../outside.pdf", "/etc/passwd"])
def test_a_row_that_leads_out_of_the_folder_sends_nothing(row: str, client: Client) -> None:
    document = named("a.pdf", row)
    assert re.fullmatch(r"[\w.]+", document.filename)
    answer = client.get(document.url)
    assert answer.status_code in {400, 404}
    assert "Content-Disposition" not in answer.headers


@pytest.mark.parametrize(
    "asked", ["other.pdf", "GUIDE.PDF", "guide.pdf.exe", "guide.exe", "x\u202egnp.exe", 'a"b.pdf', "a\r\nb: c.pdf"]
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_another_name_is_not_answered_with(asked: str, method: str, client: Client) -> None:
    document = named("guide.pdf")
    answer = getattr(client, method)(f"/documents/{document.pk}/{quote(asked)}")
    assert answer.status_code == 404
    assert "Content-Disposition" not in answer.headers
    assert pdf() not in answer.getvalue()


@pytest.mark.parametrize(
    ("sent", "ours"), [("../../a.pdf", "a.pdf"), ("b';x=.pdf", "bx.pdf"), ("c\u202e.pdf", "c.pdf")]
)
def test_so_has_what_comes_in_by_the_form(sent: str, ours: str, client: Client) -> None:
    client.force_login(make_user(superuser=True))
    file = SimpleUploadedFile("x", pdf())
    vars(file)["_name"] = sent
    client.post(reverse("wagtaildocs:add"), {"title": "x", "file": file})
    document = CampaignDocument.objects.get()
    assert document.file.name == f"documents/{ours}"
    assert name_told(client.get(document.url).headers["Content-Disposition"]) == ours


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", "Ζήτα, č".encode(), "text/plain; charset=utf-8"),
        ("a.csv", b"a,b\n", "text/csv; charset=utf-8"),
        ("a.csv", "č;ž\n".encode("utf-16"), "text/csv; charset=utf-16"),
        ("a.txt", "ž".encode() * 40_000, "text/plain; charset=utf-8"),
        ("a.txt", "čćž".encode("cp1250"), "application/octet-stream"),
        ("a.pdf", pdf(), "application/pdf"),
    ],
)
def test_a_texts_type_says_how_it_is_written(name: str, data: bytes, kind: str, client: Client) -> None:
    document = CampaignDocument.objects.create(title="x", file=ContentFile(data, name=name))
    answer = client.get(document.url)
    assert answer.headers["Content-Type"] == kind
    assert "Content-Encoding" not in answer.headers
    assert answer.getvalue() == data
