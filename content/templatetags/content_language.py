"""Says in which language a passage is, where it is not the page's, and writes numbers as the page's language does."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def lang_of(code: str) -> SafeString | str:
    """Return ` lang="…"` for an element whose text is in another language than the page, else nothing."""
    return format_html(' lang="{}"', code) if code and code != get_language() else ""


@register.filter
def grouped(value: Any) -> str:
    """Write a number with the page's own separators, thousands grouped: 1,234 or 1.234 or 1 234."""
    return str(number_format(value, force_grouping=True)) if value not in {None, ""} else ""
