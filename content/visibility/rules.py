"""What a page about a funded project shows of its funder.

1. The emblem and the statement are one notice: neither is ever shown without the other.
2. The emblem is at least as wide and as high as any logo beside it.
3. A private funder is named in words: no emblem and no logo stand beside its name.
4. The words are those of the page's language, else those of the site's main language, marked as such. Without either
   there is no notice, and the page is not published.

That the notice is in sight without scrolling is the page frame's part: it stands before the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

EU, PRIVATE = "eu", "private"


@dataclass(frozen=True, slots=True)
class Statement:
    """The words a programme asks for, in one language."""

    language: str
    statement: str
    disclaimer: str = ""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that stands in a notice; its size is in CSS pixels."""

    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Funding:
    """What the records say about who pays for a project."""

    kind: str
    statements: Sequence[Statement]
    wants_emblem: bool = False
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What a page shows: the words and their language, with the emblem and a logo where they are due."""

    statement: str
    disclaimer: str
    language: str
    emblem: bool
    logo: Logo | None


# The emblem's size in a notice, in CSS pixels.
EMBLEM = (96, 64)


def notice_for(funding: Funding, language: str, main_language: str) -> Notice | None:
    """Return what a page in the language shows, or None where the words are missing."""
    words = {row.language: row for row in funding.statements if row.statement.strip()}
    chosen = words.get(language) or words.get(main_language)
    if chosen is None:
        return None
    return Notice(
        statement=chosen.statement,
        disclaimer=chosen.disclaimer,
        language=chosen.language,
        emblem=funding.wants_emblem and funding.kind == EU,
        logo=fitted(funding.logo) if funding.logo and funding.kind != PRIVATE else None,
    )


def fitted(logo: Logo) -> Logo:
    """Return the logo no wider and no higher than the emblem, in its own proportions."""
    width, height = EMBLEM
    share = min(1.0, width / max(logo.width, 1), height / max(logo.height, 1))
    return replace(logo, width=max(1, int(logo.width * share)), height=max(1, int(logo.height * share)))
