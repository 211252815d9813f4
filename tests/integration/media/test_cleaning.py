from __future__ import annotations

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image, ImageCms

from media import cleaning
from media.models import CampaignImage
from media.renditions import SPECS
from tests.factories import make_image, picture_bytes

GPS = 0x8825


def with_position(format_name: str) -> bytes:
    """A picture with a position, a camera and a rotation in its EXIF data."""
    image = Image.new("RGB", (40, 20), "green")
    exif = image.getexif()
    exif[0x0110] = "Camera"
    exif[0x0112] = 6  # to be shown turned by 90 degrees
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (44.0, 25.0, 0.0)
    target = BytesIO()
    image.save(target, format=format_name, exif=exif)
    return target.getvalue()


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_position_and_camera_are_gone_and_the_picture_is_upright(format_name: str) -> None:
    source = with_position(format_name)
    with Image.open(BytesIO(source)) as before:
        assert before.getexif().get_ifd(GPS)
    with Image.open(cleaning.clean_image(BytesIO(source))) as after:
        assert after.format == format_name
        assert dict(after.getexif()) == {}
        assert after.size == (20, 40)


def test_a_profile_and_transparency_stay() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    target = BytesIO()
    image.save(target, format="PNG", icc_profile=profile)
    with Image.open(cleaning.clean_image(target)) as after:
        assert after.mode == "RGBA"
        assert after.getpixel((0, 0)) == (255, 0, 0, 0)
        assert after.info["icc_profile"] == profile


def test_an_animation_keeps_its_frames() -> None:
    frames = [Image.new("P", (8, 8), color) for color in (0, 1, 2)]
    for index, frame in enumerate(frames):
        frame.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0])
        frame.paste(index, (0, 0, 8, 8))
    target = BytesIO()
    frames[0].save(target, format="GIF", save_all=True, append_images=frames[1:])
    with Image.open(cleaning.clean_image(target)) as after:
        assert getattr(after, "n_frames", 1) == 3


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"\x89PNG broken", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ValidationError, match="not a readable picture"):
        cleaning.clean_image(BytesIO(data))


def test_a_pixel_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "MAX_PIXELS", 100)
    with pytest.raises(ValidationError, match="megapixels"):
        cleaning.clean_image(BytesIO(picture_bytes(size=(20, 20))))


@pytest.mark.django_db
def test_a_stored_original_carries_no_position() -> None:
    image = CampaignImage(title="x", file=ImageFile(ContentFile(with_position("JPEG")), name="x.jpg"))
    image.save()
    with image.file.open("rb") as stored, Image.open(stored) as opened:
        assert not opened.getexif().get_ifd(GPS)
        assert (image.width, image.height) == opened.size


@pytest.mark.django_db
def test_the_sizes_of_the_site_are_made_when_the_image_is_stored(django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = make_image()
    assert set(image.renditions.values_list("filter_spec", flat=True)) == set(SPECS)
