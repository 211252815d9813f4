from __future__ import annotations

from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class LocalizedText(models.Model):
    """Base of a record's wording in one language; one row a language, the site's default language as fallback."""

    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    class Meta:
        abstract = True


Text = TypeVar("Text", bound=LocalizedText)


def in_language(texts: Any, language: str | None = None) -> Any | None:
    """Return the text in the language (default: the active one), else in the default language, else in any."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    by_language = {text.language: text for text in texts}
    fallback = next(iter(by_language.values()), None)
    return by_language.get(wanted) or by_language.get(settings.LANGUAGE_CODE) or fallback
