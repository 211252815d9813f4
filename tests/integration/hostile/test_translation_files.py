"""Translation files are what their name says, whichever way they come in: PO for a page's words, JSON for the screens'.
What is not leaves every word as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from campaign_site.translations import catalogues, exchange, upload
from campaign_site.translations.extract import Message
from tests.factories import make_user, picture_bytes
from tests.integration.hostile.asking import asked, signed_in
from tests.integration.media.test_documents import packed
from tests.pages import make_home, make_news
from tests.support.samples import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation(db: None) -> Translation:
    """A piece of news that waits for its Romanian words."""
    locale, _created = Locale.objects.get_or_create(language_code="ro")
    page = make_news(make_home())
    for one in [*page.get_ancestors().filter(depth__gt=1).specific(), page]:
        source, _created = TranslationSource.update_or_create_from_instance(one)
        made = Translation.objects.create(source=source, target_locale=locale)
        made.save_target(publish=False)
    return made


def whole(translation: Translation) -> str:
    """The file that a translator gets and fills."""
    file = translation.export_po()
    for entry in file:
        if entry.msgctxt == "title":
            entry.msgstr = "Titlu"
    return str(file)


def sent(translation: Translation, *files: SimpleUploadedFile, client: Client | None = None) -> tuple[int, str, str]:
    """The status, what broke, and the words of the screen that an upload leads to."""
    address = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    form: dict[str, Any] = {"next": reverse("wagtailadmin_home"), **({"file": files[0]} if files else {})}
    answer, broken = asked(partial((client or signed_in()).post, address, form, follow=True))
    return answer.status_code, broken, answer.content.decode()


# What is made of a real file of the translation, or of its bytes.
DISGUISES: dict[str, Callable[[str], bytes]] = {
    "nothing": lambda _po: b"",
    "a picture": lambda _po: picture_bytes(),
    "a document": lambda _po: pdf(),
    "a packed file": lambda po: packed(a_po=po.encode()),
    "a program": lambda _po: b"MZ\x90\0" + b"\0" * 200,
    "a program before it": lambda po: b"MZ\n" + po.encode(),
    "a program behind it": lambda po: po.encode() + b"\nMZ\x90\n",
    "a page": lambda _po: b"<!DOCTYPE html><script>hx9()</script>",
    "a list of words": lambda _po: b"title,titlu\n",
    "JSON": lambda _po: b'{"title": "titlu"}',
    "the path of one": lambda _po: b"/etc/passwd",
    "no number": lambda po: po.replace("X-WagtailLocalize-TranslationID", "X-Other").encode(),
    "its number elsewhere": lambda po: po.replace("X-Wagtail", "X-Other").encode() + b'\nmsgid "X-Wagtail"\n',
    "no head": lambda po: po[po.index("\n\n") + 2 :].encode(),
    "cut off": lambda po: po[: po.index('msgstr "Titlu') + 10].encode(),
    "other letters than it says": lambda po: po.encode("utf-16"),
    "letters that are none": lambda po: po.replace("utf-8", "zlib_codec").encode(),
    "letters of another kind": lambda po: po.replace("Titlu", "Ti\xfelu").encode("latin-1"),
    "zeros in it": lambda po: po.replace("Titlu", "Ti\0tlu").encode(),
    "too large": lambda po: po.encode() + b"# x\n" * (upload.MOST_BYTES // 4),
}


def test_a_real_file_is_taken(translation: Translation) -> None:
    for po in (whole(translation), whole(translation).replace("\n", "\r\n")):
        status, broken, _page = sent(translation, SimpleUploadedFile("ro.po", po.encode()))
        assert (status, broken) == (200, "")
        assert StringTranslation.objects.get().data == "Titlu"
        StringTranslation.objects.all().delete()


@pytest.mark.parametrize("kind", DISGUISES)
def test_a_disguise_is_refused_in_words(kind: str, translation: Translation) -> None:
    status, broken, page = sent(translation, SimpleUploadedFile("ro.po", DISGUISES[kind](whole(translation))))
    assert (status, broken) == (200, "")
    assert "Please upload a valid PO file." in page
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize("name", ["ro.po.exe", "ro.txt", "ro", "ro.mo"])
def test_so_is_one_by_another_name(name: str, translation: Translation) -> None:
    status, broken, page = sent(translation, SimpleUploadedFile(name, whole(translation).encode()))
    assert (status, broken) == (200, "")
    assert "Please upload a valid PO file." in page
    assert not StringTranslation.objects.exists()


def test_so_is_none_at_all_and_one_of_another_page(translation: Translation) -> None:
    assert sent(translation)[:2] == (200, "")
    other = whole(translation).replace(str(translation.uuid), "8f2f3d4c-5c0e-4f0d-9f0e-6f5c2c1e7a10")
    status, broken, page = sent(translation, SimpleUploadedFile("ro.po", other.encode()))
    assert (status, broken) == (200, "")
    assert "different translation" in page
    assert not StringTranslation.objects.exists()


def test_it_is_taken_of_those_alone_who_may_edit_the_page(translation: Translation) -> None:
    auditor = Client(raise_request_exception=False)
    auditor.force_login(make_user("Auditors"))
    for client in (auditor, Client()):
        sent(translation, SimpleUploadedFile("ro.po", whole(translation).encode()), client=client)
    assert not StringTranslation.objects.exists()


NO_OBJECTS = [
    *(b"", picture_bytes(), pdf(), b"MZ\x90\0", b'msgid "a"\n', b"[" * 100_000, b"\xff\xfe{}"),
    *(b"[]", b'"text"', b"null"),
]


@pytest.fixture
def one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site of one text; whatever would be written of it is an error."""
    monkeypatch.setattr(exchange, "all_messages", lambda: [Message("content", "", "News", "", (), "public")])
    monkeypatch.setattr(catalogues, "write", _refuse)


def _refuse(*_what: Any) -> None:
    raise AssertionError("something was written")


@pytest.mark.usefixtures("one_text")
class TestScreens:
    @pytest.mark.parametrize("data", NO_OBJECTS)
    def test_their_words_are_taken_from_nothing_else(self, data: bytes, tmp_path: Path) -> None:
        path = tmp_path / "ro.json"
        path.write_bytes(data)
        with pytest.raises(CommandError, match=r"as JSON|must hold one object"):
            call_command("translations", take=str(path), language="ro")

    @pytest.mark.parametrize("value", [1, True, {"a": "b"}, [["x"]], [1, 2], "x<script>hx9()</script>", "x\0", "x\x1b"])
    def test_nor_from_what_is_no_text(self, value: Any, tmp_path: Path) -> None:
        path = tmp_path / "ro.json"
        path.write_text(json.dumps({"News": value}))
        with pytest.raises(CommandError, match="Nothing was taken"):
            call_command("translations", take=str(path), language="ro")
