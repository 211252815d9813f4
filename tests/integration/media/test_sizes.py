"""Files larger than the limits are refused by every form, in words that name the limit, and nothing of them is kept."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, UploadedFile
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from media.models import CampaignDocument, CampaignImage, CampaignVideo
from tests.factories import make_image, make_user, picture_bytes
from tests.support import samples

pytestmark = pytest.mark.django_db
FACTS = {"description": "A field", "credit": "x", "licence": "x", "people": "none"}


@pytest.fixture(autouse=True)
def staff(client: Client) -> None:
    client.force_login(make_user(superuser=True))


def posted(client: Client, address: str, field: str, name: str, data: bytes, **more: Any) -> str:
    """What a form answers to this file: the page's words, or those of an answer to a script."""
    form = {"title": "x", "collection": Collection.get_first_root_node().pk, **more}
    answer = client.post(address, {**form, field: SimpleUploadedFile(name, data)})
    assert answer.status_code in {200, 302}
    if answer.headers["Content-Type"].startswith("application/json"):
        told = " ".join(str(value) for value in answer.json().values())
    else:
        told = answer.content.decode()
    return unescape(told).replace("\xa0", " ")


def files(settings: Any) -> list[Path]:
    """What is stored, but for the sizes that a screen makes of a picture."""
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file() and path.parent.name != "images"]


class TestDocuments:
    WORDS = "at most 1.0 KB are taken. Make it smaller, or split it."

    @pytest.fixture(autouse=True)
    def small(self, settings: Any) -> None:
        settings.DOCUMENT_MOST_BYTES = 1024

    @pytest.mark.parametrize(
        ("address", "field"),
        [
            ("wagtaildocs:add", "file"),
            ("wagtaildocs:add_multiple", "files[]"),
            ("wagtaildocs_chooser:create", "document-chooser-upload-file"),
        ],
    )
    def test_a_larger_one_is_refused_and_the_largest_is_taken(
        self, address: str, field: str, client: Client, settings: Any
    ) -> None:
        more = {"document-chooser-upload-title": "x", "document-chooser-upload-collection": 1}
        words = posted(client, reverse(address), field, "a.pdf", samples.pdf(1025), **more)
        assert self.WORDS in words
        assert not CampaignDocument.objects.exists()
        assert not UploadedFile.objects.exists()
        assert files(settings) == []
        words = posted(client, reverse(address), field, "a.pdf", samples.pdf(1024), **more)
        assert self.WORDS not in words
        assert CampaignDocument.objects.get().file.size == 1024

    def test_one_does_not_take_the_place_of_another(self, client: Client, settings: Any) -> None:
        document = CampaignDocument.objects.create(title="x", file=ContentFile(samples.pdf(1000), name="a.pdf"))
        address = reverse("wagtaildocs:edit", args=[document.pk])
        assert self.WORDS in posted(client, address, "file", "a.pdf", samples.pdf(1025))
        document.refresh_from_db()
        assert document.file.size == 1000
        assert len(files(settings)) == 1

    def test_no_code_goes_around_it(self, settings: Any) -> None:
        with pytest.raises(ValidationError, match="are taken"):
            CampaignDocument(title="x").file.save("a.pdf", ContentFile(samples.pdf(1025)), save=False)
        assert files(settings) == []


class TestPictures:
    WORDS = "This file is too big"

    @pytest.fixture(autouse=True)
    def small(self, settings: Any) -> None:
        settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = len(picture_bytes())

    @pytest.mark.parametrize(
        ("address", "field"),
        [
            ("wagtailimages:add", "file"),
            ("wagtailimages:add_multiple", "files[]"),
            ("wagtailimages_chooser:create", "image-chooser-upload-file"),
        ],
    )
    def test_a_larger_one_is_refused_and_the_largest_is_not(
        self, address: str, field: str, client: Client, settings: Any
    ) -> None:
        more = {f"image-chooser-upload-{name}": value for name, value in FACTS.items()} | FACTS
        more |= {"image-chooser-upload-title": "x", "image-chooser-upload-collection": "1"}
        words = posted(client, reverse(address), field, "a.png", picture_bytes() + b"\0", **more)
        assert self.WORDS in words
        assert not CampaignImage.objects.exists()
        assert not UploadedFile.objects.exists()
        assert files(settings) == []
        words = posted(client, reverse(address), field, "a.png", picture_bytes(), **more)
        assert self.WORDS not in words
        assert CampaignImage.objects.exists() or UploadedFile.objects.exists()

    def test_one_does_not_take_the_place_of_another(self, client: Client, settings: Any) -> None:
        image = make_image()
        before = (image.file.name, len(files(settings)))
        address = reverse("wagtailimages:edit", args=[image.pk])
        assert self.WORDS in posted(client, address, "file", "a.png", picture_bytes() + b"\0", **FACTS)
        image.refresh_from_db()
        assert (image.file.name, len(files(settings))) == before


class TestVideos:
    WORDS = "This video is heavier than 512 MB. Make it smaller."

    def form(self, data: bytes) -> dict[str, Any]:
        return nested_form_data(
            {
                "title": "x",
                "file": SimpleUploadedFile("a.mp4", data),
                "credit": "x",
                "licence": "x",
                "people": "none",
                "captions": inline_formset([]),
            }
        )

    def test_a_larger_one_is_refused_and_the_largest_is_taken(
        self, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("media.models.video.MAX_BYTES", len(samples.mp4()))
        address = reverse("wagtailsnippets_media_campaignvideo:add")
        page = client.post(address, self.form(samples.mp4() + b"\0"))
        assert self.WORDS in unescape(page.content.decode())
        assert not CampaignVideo.objects.exists()
        assert files(settings) == []
        assert client.post(address, self.form(samples.mp4())).status_code == 302
        assert CampaignVideo.objects.exists()


def test_the_limits_are_those_that_are_written_down(settings: Any) -> None:
    from media.video import MAX_BYTES

    assert settings.DOCUMENT_MOST_BYTES == 50 * 1024 * 1024
    assert settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE == 20 * 1024 * 1024
    assert MAX_BYTES == 512_000_000
