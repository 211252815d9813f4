"""The library's pictures and videos on a page, wherever they stand in it, and what keeps them from readers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from media.facts import SENTENCES
from media.models import CampaignImage, CampaignVideo


def pictures_of(page: Page) -> list[CampaignImage]:
    """Return the pictures of a page's fields and blocks, each once. One query, none without pictures."""
    return _used(page, CampaignImage)


def videos_of(page: Page) -> list[CampaignVideo]:
    """Return the videos of a page's fields and blocks, each once. One query, none without videos."""
    return _used(page, CampaignVideo)


def _used(page: Page, model: type[models.Model]) -> list[Any]:
    keys = set(_keys(page, model))
    return list(model._default_manager.filter(pk__in=keys).order_by("pk")) if keys else []


def picture_problems(page: Page) -> list[ValidationError]:
    """Say of each picture and video that may not be published why, and where that is put right."""
    picture = _("The picture “%(title)s” cannot be published. %(reasons)s You find it under Images.")
    video = _("The video “%(title)s” cannot be published. %(reasons)s You find it under Videos.")
    return [
        ValidationError(
            text,
            code="picture",
            params={"title": item.title, "reasons": " ".join(str(SENTENCES[lack]) for lack in item.lacks)},
        )
        for text, items in ((picture, pictures_of(page)), (video, videos_of(page)))
        for item in items
        if item.lacks
    ]


def _keys(page: Page, wanted: type[models.Model]) -> Iterator[int]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            found = field.stream_block.extract_references(field.value_from_object(page))
            yield from (int(key) for model, key, _model_path, _content_path in found if model is wanted)
        elif isinstance(field, models.ForeignKey) and field.related_model is wanted:
            yield from filter(None, [field.value_from_object(page)])
