"""Choosers that read everything their templates show, for all blocks of a kind at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.blocks import Block
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from content.blocks.shelf import read_once


def in_order(kind: type[Block], rows: QuerySet[Any], values: Iterable[Any]) -> list[Any]:
    """Return the rows by the order of their keys, one query for all of a text; None for what is not there any more."""
    wanted = list(values)
    found = read_once(kind, wanted, lambda keys: rows.in_bulk(set(keys)) if keys else {})
    return [found.get(value) for value in wanted]


class PictureBlock(ImageChooserBlock):
    """A picture; its sizes stand in its own row."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Model | None]:
        """Return the pictures, one query for all of a text."""
        return in_order(PictureBlock, self.model_class.objects.all(), values)


class VideoChooserBlock(SnippetChooserBlock):
    """A video of the library with its captions."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"target_model": "media.CampaignVideo", **kwargs})

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Model | None]:
        """Return the videos with their captions."""
        return in_order(VideoChooserBlock, self.model_class.objects.prefetch_related("captions"), values)


class PartnerChooserBlock(SnippetChooserBlock):
    """A partner from the records with its country."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"target_model": "content.Partner", **kwargs})

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Model | None]:
        """Return the partners with their countries."""
        return in_order(PartnerChooserBlock, self.model_class.objects.select_related("country"), values)
