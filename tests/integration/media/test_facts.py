"""What is asked of a picture as it comes in, and what keeps it from readers."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from wagtail.models import Collection, UploadedFile

from content.pages import NewsPage
from content.pages.pictures import picture_problems
from content.pages.readable import UnreadableError
from content.report.others import agreements
from media.facts import Facts, Lack, ends_soon, lacks
from media.models import CampaignImage, CampaignVideo
from social_publisher.approval.checks import findings
from social_publisher.approval.package import build_package
from social_publisher.messages.checks import Check
from tests.factories import make_image, make_post, make_user, make_video, picture_bytes
from tests.integration.media.test_cleaning import with_position
from tests.pages import make_home, make_news

TODAY = date(2026, 5, 1)
WHOLE = {
    "title": "A border",
    "description": "A border post",
    "credit": "SELEC",
    "licence": "CC BY 4.0",
    "people": "none",
}


def facts(**changes: object) -> Facts:
    known = {"description": "A field", "decorative": False, "credit": "SELEC", "licence": "CC0", "people": "none"}
    return Facts(**{**known, "consent_note": "", "consent_until": None, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"description": " "}, [Lack.DESCRIPTION]),
        ({"description": "", "decorative": True}, []),
        ({"credit": "", "licence": "", "people": ""}, [Lack.CREDIT, Lack.LICENCE, Lack.PEOPLE]),
        ({"people": "not-agreed"}, [Lack.NOT_AGREED]),
        ({"people": "agreed"}, [Lack.CONSENT]),
        ({"people": "agreed", "consent_note": "Folder 3", "consent_until": TODAY}, []),
        ({"people": "agreed", "consent_note": "Folder 3", "consent_until": TODAY - timedelta(days=1)}, [Lack.EXPIRED]),
    ],
)
def test_what_a_picture_lacks(changes: dict[str, object], expected: list[Lack]) -> None:
    assert lacks(facts(**changes), TODAY) == expected


def test_an_agreement_that_ends_is_told_of_before() -> None:
    def soon(days: int) -> bool:
        return ends_soon(facts(people="agreed", consent_until=TODAY + timedelta(days=days)), TODAY)

    assert [soon(days) for days in (-1, 0, 60, 61)] == [False, True, True, False]


def commented(format_name: str) -> bytes:
    """A picture with words in every place the format has for them."""
    words, info = "taken at home", PngInfo()
    info.add_text("Comment", words)
    info.add_itxt("XML:com.adobe.xmp", words)
    target = BytesIO()
    more = {"pnginfo": info} if format_name == "PNG" else {"comment": words.encode(), "xmp": words.encode()}
    frames = (
        {"save_all": True, "append_images": [Image.new("L", (8, 8), 200)]} if format_name in ("GIF", "WEBP") else {}
    )
    Image.new("L", (8, 8)).save(target, format=format_name, **more, **frames)
    return target.getvalue()


@pytest.mark.django_db
class TestComingIn:
    @pytest.fixture(autouse=True)
    def staff(self, client: Client) -> None:
        client.force_login(make_user(superuser=True))

    @pytest.mark.parametrize("format_name", ["PNG", "WEBP", "GIF", "JPEG"])
    def test_no_comment_is_left(self, format_name: str) -> None:
        data = commented(format_name)
        assert b"taken at home" in data
        image = CampaignImage(title="x")
        image.file.save(f"x.{format_name.lower()}", ContentFile(data), save=False)
        image.save()
        with image.file.open("rb") as stored:
            assert b"taken at home" not in stored.read()

    def test_one_picture_is_not_taken_without_its_facts(self, client: Client) -> None:
        file = SimpleUploadedFile("a.png", picture_bytes(), "image/png")
        page = client.post(reverse("wagtailimages:add"), {"title": "A border", "file": file})
        errors = page.context["form"].errors
        assert {"description", "credit", "licence", "people"} <= set(errors)
        assert not CampaignImage.objects.exists()

    def test_several_are_asked_for_afterwards_and_cleaned(self, client: Client) -> None:
        file = SimpleUploadedFile("a.jpg", with_position("JPEG"), "image/jpeg")
        answer = client.post(reverse("wagtailimages:add_multiple"), {"title": "a.jpg", "files[]": file}).json()
        assert answer["success"] is True
        assert "licence" in answer["form"]
        assert not CampaignImage.objects.exists()
        upload = UploadedFile.objects.get()
        prefix = f"uploaded-image-{upload.pk}"
        given = {f"{prefix}-{name}": value for name, value in WHOLE.items()}
        given[f"{prefix}-collection"] = Collection.get_first_root_node().pk
        address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[upload.pk])
        assert client.post(address, given).json()["success"] is True
        image = CampaignImage.objects.get()
        with image.file.open("rb") as stored, Image.open(stored) as opened:
            assert dict(opened.getexif()) == {}
            assert (image.width, image.height) == opened.size
        assert image.file_size == image.file.size

    @pytest.mark.parametrize("name", ["a.svg", "a.png", "a.jpg"])
    def test_a_drawing_with_scripts_and_a_disguised_picture_are_refused(self, client: Client, name: str) -> None:
        data = picture_bytes() if name == "a.jpg" else b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"
        answer = client.post(
            reverse("wagtailimages:add_multiple"), {"title": name, "files[]": SimpleUploadedFile(name, data)}
        ).json()
        assert answer["success"] is False
        assert not UploadedFile.objects.exists()

    def test_a_picture_in_the_place_of_another_is_cleaned_too(self, client: Client) -> None:
        image = make_image()
        file = SimpleUploadedFile("b.jpg", with_position("JPEG"), "image/jpeg")
        client.post(reverse("wagtailimages:edit", args=[image.pk]), {**WHOLE, "file": file})
        image.refresh_from_db()
        with image.file.open("rb") as stored, Image.open(stored) as opened:
            assert opened.format == "JPEG"
            assert dict(opened.getexif()) == {}


@pytest.mark.django_db
class TestPublishing:
    def test_a_page_waits_for_its_pictures_facts(self) -> None:
        page = make_news(live=False, image=make_image(licence=""))
        with pytest.raises(UnreadableError, match="no licence"):
            page.save_revision().publish()
        assert not NewsPage.objects.get(pk=page.pk).live

    def test_pictures_inside_the_text_count_too(self) -> None:
        image = make_image(
            people="agreed", consent_note="Folder 3", consent_until=timezone.localdate() - timedelta(days=1)
        )
        figure = {"image": image.pk, "alt_text": "A field.", "decorative": False, "caption": ""}
        page = make_news(make_home(), live=False, body=[{"type": "figure", "value": figure}])
        with pytest.raises(UnreadableError, match="has ended"):
            page.save_revision().publish()
        image.consent_until = None
        image.save()
        page.save_revision().publish()
        assert NewsPage.objects.get(pk=page.pk).live


@pytest.mark.django_db
def test_a_video_of_people_who_have_not_agreed_is_not_published() -> None:
    video = make_video(people="not-agreed")
    page = make_news(make_home(), live=False)
    page.body = [("video", {"video": video, "title": "At the border", "silent": True})]
    told = " ".join(error.message % error.params for error in picture_problems(page))
    assert told.startswith("The video “Noise” cannot be published. People can be recognised in it")
    video.people, video.consent_note = "agreed", "Folder 3"
    video.save()
    assert picture_problems(page) == []
    assert "Noise" not in [item.title for item in agreements(TODAY)]
    CampaignVideo.objects.update(consent_until=TODAY)
    assert "Noise" in [item.title for item in agreements(TODAY)]


@pytest.mark.django_db
def test_a_post_with_such_a_video_does_not_leave() -> None:
    post = make_post(video=make_video(credit=""), video_alt="Noise")
    found = findings(post, build_package(post), timezone.now())
    (one,) = [item for item in found if item.check is Check.PICTURE_FACTS]
    assert (one.blocking, one.reason) == (True, "The video “Noise” may not be published.")
    assert "credit" in one.fix
