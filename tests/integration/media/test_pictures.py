"""An image is offered in the right sizes and formats, and showing it costs no query and no encoding."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.template import Context, Template
from PIL import Image

from media.models import CampaignImage
from media.renditions import SHAPES, SITE_SPECS, make_missing
from tests.factories import picture_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(django_capture_on_commit_callbacks: Any) -> CampaignImage:
    """A picture of the library, as a page finds it."""
    file = ImageFile(ContentFile(picture_bytes(size=(1400, 900))), name="wide.png")
    with django_capture_on_commit_callbacks(execute=True):
        image = CampaignImage(title="wide.png", description="A border at night", file=file)
        image.save()
    return CampaignImage.objects.get(pk=image.pk)


def show(image: CampaignImage | None, tag: str) -> str:
    return Template("{% load pictures %}" + tag).render(Context({"image": image}))


def test_a_picture_is_offered_as_avif_and_webp_with_its_room(
    image: CampaignImage, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        html = show(image, '{% picture image "hero" alt="Night" priority=True %}')
    source, img = re.findall(r"<(?:source|img)[^>]*>", html)
    assert 'type="image/avif"' in source
    assert re.findall(r"\.avif (\d+)w", source) == ["480", "800", "1280"]
    assert re.findall(r"\.webp (\d+)w", img) == ["800", "1280"]
    assert 'alt="Night" width="1280" height="720" fetchpriority="high"' in img
    assert "lazy" not in img


def test_every_other_picture_waits_until_it_is_near(image: CampaignImage) -> None:
    for shape in SHAPES:
        assert 'loading="lazy"' in show(image, f'{{% picture image "{shape}" %}}')


def test_the_librarys_description_is_used_unless_the_page_says_otherwise(image: CampaignImage) -> None:
    assert 'alt="A border at night"' in show(image, '{% picture image "card" %}')
    assert 'alt=""' in show(image, '{% picture image "card" alt="" %}')
    assert show(None, '{% picture image "card" %}') == ""


def test_words_of_an_editor_stay_words(image: CampaignImage) -> None:
    image.description = '"><script>'
    assert "<script" not in show(image, '{% picture image "card" %}')


def test_a_small_original_is_not_enlarged(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        small = CampaignImage(title="s", file=ImageFile(ContentFile(picture_bytes(size=(320, 200))), name="s.png"))
        small.save()
    html = show(small, '{% picture image "figure" %}')
    assert re.findall(r"(\d+)w", html) == ["320"]
    assert 'width="320" height="200"' in html


def test_the_row_follows_the_renditions_whoever_writes_it(image: CampaignImage) -> None:
    stale = CampaignImage.objects.get(pk=image.pk)
    image.renditions.filter(filter_spec=SITE_SPECS[0]).delete()
    stale.title = "Saved with old sizes in memory"
    stale.save()
    fresh = CampaignImage.objects.get(pk=image.pk)
    assert fresh.size(SITE_SPECS[0]) is None
    assert fresh.size(SITE_SPECS[1]) is not None
    assert not fresh.has_all_sizes
    assert make_missing() == 1
    assert CampaignImage.objects.get(pk=image.pk).has_all_sizes
    assert make_missing() == 0


def test_another_point_to_keep_in_sight_makes_the_cropped_sizes_again(
    image: CampaignImage, django_capture_on_commit_callbacks: Any
) -> None:
    hero, figure = SHAPES["hero"].avif[0], SHAPES["figure"].avif[0]
    before = image.size(hero), image.size(figure)
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 100, 100, 50, 50
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    fresh = CampaignImage.objects.get(pk=image.pk)
    assert fresh.has_all_sizes
    assert fresh.size(hero) != before[0]
    assert fresh.size(figure) == before[1]
    assert fresh.renditions.filter(filter_spec=hero).count() == 1


def test_another_file_leaves_nothing_of_the_old_one(
    image: CampaignImage, django_capture_on_commit_callbacks: Any
) -> None:
    image.file = ImageFile(ContentFile(picture_bytes("red", size=(1400, 900))), name="red.png")
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    rendition = image.renditions.get(filter_spec=SHAPES["figure"].webp[0])
    with rendition.file.open("rb") as file, Image.open(file) as opened:
        red, _green, blue = opened.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
        assert red > blue


def test_a_page_keeps_its_picture_where_none_could_be_made_before(image: CampaignImage) -> None:
    image.renditions.all().delete()
    bare = CampaignImage.objects.get(pk=image.pk)
    assert "<img" in show(bare, '{% picture image "hero" %}')
