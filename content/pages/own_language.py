"""Copies of pages that wait for their translation are shown nowhere: their text is still in another language."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet

Pages = TypeVar("Pages", bound="QuerySet[Any]")


def in_own_language(pages: Pages) -> Pages:
    """Leave such copies out."""
    kept: Pages = pages.filter(Q(alias_of=None) | Q(alias_of__locale_id=F("locale_id")))
    return kept
