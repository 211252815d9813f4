from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, UploadedFile

from media.files import checked_document
from media.models import CampaignDocument
from tests.factories import make_user
from tests.support.samples import pdf

WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CORE = b"<cp:coreProperties><dc:title>Guide</dc:title><dc:creator>Ana</dc:creator></cp:coreProperties>"


def packed(**entries: bytes) -> bytes:
    """A ZIP file; two underscores in a name stand for a slash, one more for a point."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return target.getvalue()


def word(**more: bytes) -> bytes:
    target = BytesIO(packed(docProps__core_xml=CORE, **more))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("[Content_Types].xml", b'<Override ContentType="%s"/>' % WORD)
    return target.getvalue()


def acting(action: bytes) -> bytes:
    """A document that does something when it is opened; readers make its table of contents anew."""
    return pdf().replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << " + action + b" >>")


def kept(data: bytes, name: str) -> bytes:
    return checked_document(BytesIO(data), name).read()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", pdf()),
        ("a.txt", "Ζήτα, č".encode()),
        ("a.csv", b"a,b\n"),
        ("a.zip", packed(a_txt=b"a")),
    ],
)
def test_what_is_what_its_name_says_stays_as_it_is(name: str, data: bytes) -> None:
    assert kept(data, name) == data


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.pdf", b"MZ\x90 a program", "not a PDF"),
        ("a.pdf", acting(b"/S /J#61vaScript /JS (x)"), "runs a script"),
        ("a.pdf", acting(b"/S /Launch /F (cmd)"), "starts a program"),
        ("a.docx", packed(a_txt=b"a"), "not DOCX"),
        ("a.docx", word(word__vbaProject_bin=b"x"), "macros"),
        (
            "a.docx",
            word(word__settings_xml_rels=b'<Relationship Type="http://x/attachedTemplate" TargetMode="External"/>'),
            "from elsewhere",
        ),
        ("a.docm", word(), "are not taken"),
        ("a.svg", b"<svg/>", "are not taken"),
        ("a.txt", b"<svg onload=alert(1)>", "not plain text"),
        ("a.csv", b"PK\x03\x04", "not plain text"),
        ("a.zip", b"PK\x03\x04 broken", "damaged"),
        ("a.zip", packed(run_exe=b"MZ"), "run as a program"),
        ("a.zip", packed(more_zip=b"PK"), "packed itself"),
        ("a.zip", packed(___up_txt=b"x").replace(b"/.up.txt", b"../up.tx"), "outside"),
        ("a.zip", packed(bomb_txt=b"0" * 12_000_000), "too large"),
    ],
)
def test_what_is_disguised_or_does_something_is_refused(name: str, data: bytes, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        kept(data, name)


def test_authors_leave_office_files_and_the_text_stays() -> None:
    with zipfile.ZipFile(BytesIO(kept(word(word__document_xml=b"<w:t>Text</w:t>"), "a.docx"))) as archive:
        assert b"Ana" not in archive.read("docProps/core.xml")
        assert b"Guide" in archive.read("docProps/core.xml")
        assert archive.read("word/document.xml") == b"<w:t>Text</w:t>"


def a_document(name: str = "guide.pdf", **fields: object) -> CampaignDocument:
    return CampaignDocument.objects.create(title="Guide", file=ContentFile(pdf(), name=name), **fields)


@pytest.mark.django_db
class TestServing:
    def test_a_document_is_a_file_to_keep_of_a_known_type(self, client: Client) -> None:
        response = client.get(a_document().url)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        assert b"".join(response) == pdf()
        assert client.get(a_document().url, headers={"if-none-match": response["ETag"]}).status_code == 304

    def test_a_private_document_is_for_those_who_may_have_it(self, client: Client) -> None:
        drawer = Collection.get_first_root_node().add_child(name="Partners")
        inner = drawer.add_child(name="Drafts")
        CollectionViewRestriction.objects.create(collection=drawer, restriction_type="login")
        document = a_document(collection=inner)
        response = client.get(document.url)
        assert response.status_code == 302
        assert "login" in response["Location"]
        assert response["Cache-Control"] == "private, no-store"
        direct = [f"/media/{document.file.name}", f"/media/images/../{document.file.name}"]
        machine = [f"/api/v1/documents/{document.pk}/", "/api/v1/documents/", f"/api/v2/documents/{document.pk}/"]
        for path in (*direct, *machine):
            assert client.get(path).status_code == 404, path
        client.force_login(make_user("Editors of posts"))
        allowed = client.get(document.url)
        assert (allowed.status_code, allowed["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.django_db
class TestEveryWayIn:
    @pytest.fixture(autouse=True)
    def staff(self, client: Client) -> None:
        client.force_login(make_user(superuser=True))

    def test_the_form_says_what_is_wrong(self, client: Client) -> None:
        fake = SimpleUploadedFile("guide.pdf", b"MZ a program")
        page = client.post(reverse("wagtaildocs:add"), {"title": "Guide", "file": fake})
        assert "not a PDF" in page.content.decode()
        assert not CampaignDocument.objects.exists()

    def test_several_at_once_are_looked_at_one_by_one(self, client: Client) -> None:
        fake = SimpleUploadedFile("guide.pdf", b"MZ a program")
        answer = client.post(reverse("wagtaildocs:add_multiple"), {"title": "Guide", "files[]": fake}).json()
        assert answer["success"] is False
        assert "not a PDF" in answer["error_message"]
        assert not UploadedFile.objects.exists()

    def test_a_file_in_the_place_of_another_is_looked_at_too(self, client: Client) -> None:
        document = a_document()
        fake = SimpleUploadedFile("guide.pdf", b"MZ a program")
        page = client.post(reverse("wagtaildocs:edit", args=[document.pk]), {"title": "Guide", "file": fake})
        assert "not a PDF" in page.content.decode()
        document.refresh_from_db()
        with document.file.open("rb") as stored:
            assert stored.read() == pdf()

    def test_code_cannot_go_around_it(self) -> None:
        document = CampaignDocument(title="Guide")
        with pytest.raises(ValidationError, match="not a PDF"):
            document.file.save("guide.pdf", ContentFile(b"MZ a program"), save=False)
        with pytest.raises(ValidationError, match="macros"):
            CampaignDocument.objects.create(
                title="Guide", file=ContentFile(word(word__vbaProject_bin=b"x"), name="guide.docx")
            )
