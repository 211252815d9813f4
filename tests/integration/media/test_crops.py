from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from media.crops import CUTS, crops
from media.renditions import SITE_SPECS
from tests.factories import make_image, make_user


def test_every_cut_is_one_that_is_made_anyway() -> None:
    assert {cut.spec for cut in CUTS} <= set(SITE_SPECS)


@pytest.mark.django_db
def test_cuts_are_shown_beside_the_focal_point_and_follow_it(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(make_user(superuser=True))
    with django_capture_on_commit_callbacks(execute=True):
        image = make_image()
    before = [shown.made.url for shown in crops(image) if shown.made]
    assert len(before) == len(CUTS)
    page = client.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
    assert "focal-point-chooser" in page
    assert all(url in page for url in before)
    assert "too small" in page
    with django_capture_on_commit_callbacks(execute=True):
        image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 60, 40, 4, 4
        image.save()
    after = [shown.made.url for shown in crops(image) if shown.made]
    assert len(after) == len(CUTS)
    assert not set(before) & set(after)
