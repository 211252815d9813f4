"""The library's pictures on a page, wherever they stand in it, and what keeps them from readers."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from media.facts import SENTENCES
from media.models import CampaignImage


def pictures_of(page: Page) -> list[CampaignImage]:
    """Return the pictures of a page's fields and blocks, each once. One query, none without pictures."""
    keys = set(_keys(page))
    return list(CampaignImage.objects.filter(pk__in=keys).order_by("pk")) if keys else []


def picture_problems(page: Page) -> list[ValidationError]:
    """Say of each picture that may not be published why, and where that is put right."""
    text = _("The picture “%(title)s” cannot be published. %(reasons)s You find it under Images.")
    return [
        ValidationError(
            text,
            code="picture",
            params={"title": image.title, "reasons": " ".join(str(SENTENCES[lack]) for lack in image.lacks)},
        )
        for image in pictures_of(page)
        if image.lacks
    ]


def _keys(page: Page) -> Iterator[int]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            found = field.stream_block.extract_references(field.value_from_object(page))
            yield from (int(key) for model, key, _model_path, _content_path in found if model is CampaignImage)
        elif isinstance(field, models.ForeignKey) and field.related_model is CampaignImage:
            yield from filter(None, [field.value_from_object(page)])
