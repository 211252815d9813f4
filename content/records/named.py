"""Records whose wording is read beside others: the words of the active language, chosen by the database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from content.records.localized import LocalizedText


def wording(texts: type[LocalizedText], owner: str, field: str, *, outer: str = "pk", own: str = "") -> Any:
    """An expression: `field` of the text in the active language whose `owner` is `outer`, else what `own` names."""
    rows: Any = texts._default_manager.filter(language=get_language() or settings.LANGUAGE_CODE)
    found = Subquery(rows.filter(**{owner: OuterRef(outer)}).values(field)[:1])
    return Coalesce(NullIf(found, Value("")), F(own or field), output_field=CharField())
