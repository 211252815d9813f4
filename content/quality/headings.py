from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from content.quality.finding import Finding

# An acronym, or two of them, may stand in capitals; a sentence may not.
_CAPITALS_FROM = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: its heading level, 0 for what is no heading, and the heading's words."""

    level: int
    text: str = ""


def heading_findings(text: str) -> list[Finding]:
    """Say what is wrong with the words of one heading or title."""
    letters = [letter for letter in text if letter.isalpha()]
    if not letters and not any(letter.isdigit() for letter in text):
        return [Finding("heading-empty", _("This heading is empty."), _("Write it, or remove the block."))]
    if len(letters) >= _CAPITALS_FROM and " " in text.strip() and "".join(letters).isupper():
        return [
            Finding(
                "heading-capitals",
                _("This heading is all in capitals, which is hard to read and may be spelled out letter by letter."),
                _("Write it as a sentence; keep capitals for names and acronyms."),
            )
        ]
    return []


def outline_findings(parts: Sequence[Part], above: int = 1) -> list[tuple[int, Finding]]:
    """Say what is wrong with the order of headings, each finding with the index of its part.

    `above` is the level of the heading that stands before the text: the page's title is the first.
    """
    found: list[tuple[int, Finding]] = []
    level = above
    for index, part in enumerate(parts):
        if not part.level:
            continue
        if part.level > level + 1:
            found.append(
                (
                    index,
                    Finding(
                        "heading-skips",
                        _("This subheading stands under no heading, so the page's outline has a gap."),
                        _("Put a heading before it, or make it a heading."),
                    ),
                )
            )
        following = parts[index + 1] if index + 1 < len(parts) else None
        if following is None or (following.level and following.level <= part.level):
            found.append(
                (
                    index,
                    Finding(
                        "heading-without-text",
                        _("There is nothing under this heading."),
                        _("Add what belongs there, or remove the heading."),
                    ),
                )
            )
        level = part.level
    return found
