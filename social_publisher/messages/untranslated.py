"""Words that were copied from a post in another language and wait to be translated: they say so themselves."""

from __future__ import annotations

import re

# Nobody writes this by hand, so that no text is taken for an untranslated one.
MARK = re.compile(r"\[[a-z]{2,3}(?:-[a-z]+)?→[a-z]{2,3}(?:-[a-z]+)?\]\s*", re.IGNORECASE)


def mark_untranslated(text: str, source: str, target: str) -> str:
    """The text with a mark in front that it is still in the language `source`; nothing stays nothing."""
    return f"[{source}→{target}] {text}" if text.strip() else ""


def is_untranslated(text: str) -> bool:
    """Whether the mark still stands in the text."""
    return MARK.search(text) is not None


def without_mark(text: str) -> str:
    """The text as it was copied."""
    return MARK.sub("", text)
