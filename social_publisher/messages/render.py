"""From what an editor wrote to the exact text that leaves, with everything that stands against it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from social_publisher.messages.counting import measure
from social_publisher.messages.rules import TextRules

LINK_MARK = "{link}"


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
class Rendered:
    """The exact text that leaves for one channel, its length in the network's own units, and its problems."""

    text: str
    length: int
    limit: int
    language: str
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def sendable(self) -> bool:
        """Nothing stands against sending."""
        return not self.problems


def render(draft: Draft, rules: TextRules) -> Rendered:
    """Return what leaves under these rules. What is counted is what is sent: NFC, trimmed, link in place."""
    written = draft.text.replace("\r\n", "\n").replace("\r", "\n")
    text = _place_link(unicodedata.normalize("NFC", written).strip(), draft.link)
    length = measure(text, rules)
    return Rendered(
        text=text,
        length=length,
        limit=rules.limit,
        language=draft.language,
        attachments=draft.attachments,
        problems=tuple(_problems(text, length, draft.attachments, rules)),
    )


def _place_link(text: str, link: str) -> str:
    if LINK_MARK in text:
        return text.replace(LINK_MARK, link).strip()
    return f"{text}\n\n{link}".strip() if link else text


def _problems(text: str, length: int, attachments: Sequence[Attachment], rules: TextRules) -> list[Problem]:
    found = []
    if not text:
        found.append(Problem("empty", _("There is no text. Write one.")))
    if length > rules.limit:
        message = _("%(network)s takes %(limit)d characters and this text has %(length)d. Shorten it by %(over)d.")
        over = length - rules.limit
        found.append(
            Problem("too-long", message % {"network": rules.name, "limit": rules.limit, "length": length, "over": over})
        )
    if rules.byte_limit is not None and len(text.encode()) > rules.byte_limit:
        message = _("%(network)s takes %(limit)d bytes and this text has more. Shorten it.")
        found.append(Problem("too-heavy", message % {"network": rules.name, "limit": rules.byte_limit}))
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
