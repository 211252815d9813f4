"""File fields whose files are looked at as they are stored, so that no way in goes around it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from wagtail.images.models import WagtailImageField
from wagtail.images.models import WagtailImageFieldFile as ImageFile

from media.cleaning import clean_image
from media.files import checked_document


class CleanImageFile(ImageFile):
    """Stores the picture alone."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Clean, then store. Raises ValidationError."""
        super().save(name, clean_image(content, name), save)


class CleanImageField(WagtailImageField):
    """An original of the library."""

    attr_class = CleanImageFile


class CheckedDocumentFile(FieldFile):
    """Stores a document that may be kept."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Check, then store. Raises ValidationError."""
        super().save(name, checked_document(content, name), save)


class CheckedDocumentField(models.FileField):
    """A document of the library."""

    attr_class = CheckedDocumentFile
