"""From what an editor wrote to the exact text that leaves, with everything that stands against it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from social_publisher.messages.counting import measure
from social_publisher.messages.rules import TextRules

LINK_MARK = "{link}"
# A line of three hyphens alone begins the next message of a thread, where the network has threads.
PART_MARK = re.compile(r"(?:^|\n)[ \t]*---[ \t]*(?:\n|$)")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture as it leaves. `location` is the name in the media storage; `sha256` is of its bytes."""

    location: str
    content_type: str
    alt_text: str
    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What an editor wrote for one channel. The link stands where `{link}` is, else after the text."""

    text: str
    link: str = ""
    attachments: tuple[Attachment, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stands against sending, in the editor's words."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Composed:
    """The exact words that leave for one channel: one message, or the parts of a thread in their order.

    Pictures go with the first part.
    """

    parts: tuple[str, ...]
    language: str
    attachments: tuple[Attachment, ...] = ()

    @property
    def text(self) -> str:
        """All parts for reading, an empty line between them."""
        return "\n\n".join(self.parts)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What leaves for one channel, its longest part's length in the network's own units, and its problems."""

    composed: Composed
    length: int
    limit: int
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """All parts for reading."""
        return self.composed.text

    @property
    def parts(self) -> tuple[str, ...]:
        """The messages, in their order."""
        return self.composed.parts

    @property
    def language(self) -> str:
        """The language of the text."""
        return self.composed.language

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The pictures."""
        return self.composed.attachments

    @property
    def sendable(self) -> bool:
        """Nothing stands against sending."""
        return not self.problems


def compose(draft: Draft, rules: TextRules) -> Composed:
    """Return the words that leave: NFC, trimmed, link in place, split where the network has threads."""
    written = draft.text.replace("\r\n", "\n").replace("\r", "\n")
    text = _place_link(unicodedata.normalize("NFC", written).strip(), draft.link)
    parts = tuple(part.strip() for part in PART_MARK.split(text) if part.strip()) or ("",)
    if rules.max_parts == 1 and len(parts) > 1:
        parts = ("\n\n".join(parts),)
    return Composed(parts, draft.language, draft.attachments)


def examine(composed: Composed, rules: TextRules) -> Rendered:
    """Measure what leaves, and say what stands against it. What is counted is what is sent."""
    longest = max(composed.parts, key=lambda part: measure(part, rules))
    length = measure(longest, rules)
    problems = _text_problems(composed.parts, longest, length, rules) + _picture_problems(composed.attachments, rules)
    return Rendered(composed, length, rules.limit, tuple(problems))


def render(draft: Draft, rules: TextRules) -> Rendered:
    """Compose and examine."""
    return examine(compose(draft, rules), rules)


def _place_link(text: str, link: str) -> str:
    if LINK_MARK in text:
        return text.replace(LINK_MARK, link).strip()
    return f"{text}\n\n{link}".strip() if link else text


def _text_problems(parts: Sequence[str], longest: str, length: int, rules: TextRules) -> list[Problem]:
    found = []
    if not longest:
        found.append(Problem("empty", _("There is no text. Write one.")))
    if length > rules.limit:
        message = _("%(network)s takes %(limit)d characters and this text has %(length)d. Shorten it by %(over)d.")
        over = length - rules.limit
        found.append(
            Problem("too-long", message % {"network": rules.name, "limit": rules.limit, "length": length, "over": over})
        )
    if rules.byte_limit is not None and max(len(part.encode()) for part in parts) > rules.byte_limit:
        message = _("%(network)s takes %(limit)d bytes and this text has more. Shorten it.")
        found.append(Problem("too-heavy", message % {"network": rules.name, "limit": rules.byte_limit}))
    if len(parts) > rules.max_parts:
        message = _("A thread has at most %(limit)d parts on %(network)s. Join some.")
        found.append(Problem("too-many-parts", message % {"network": rules.name, "limit": rules.max_parts}))
    return found


def _picture_problems(attachments: Sequence[Attachment], rules: TextRules) -> list[Problem]:
    found = []
    if len(attachments) > rules.max_attachments:
        message = _("%(network)s takes %(limit)d pictures. Remove some.")
        found.append(Problem("too-many-pictures", message % {"network": rules.name, "limit": rules.max_attachments}))
    for attachment in attachments:
        if not attachment.alt_text.strip():
            found.append(Problem("no-alt-text", _("A picture has no description. Say what it shows.")))
        elif len(attachment.alt_text) > rules.alt_limit:
            message = _("A picture's description is longer than the %(limit)d characters %(network)s takes.")
            found.append(Problem("alt-too-long", message % {"network": rules.name, "limit": rules.alt_limit}))
    return found
