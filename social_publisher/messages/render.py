"""From what an editor wrote to the exact text that leaves, with everything that stands against it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from social_publisher.messages.counting import measure
from social_publisher.messages.rules import TextRules
from social_publisher.messages.words import as_it_leaves

LINK_MARK = "{link}"
# A line of three hyphens alone begins the next message of a thread, where the network has threads.
PART_MARK = re.compile(r"(?:^|\n)[ \t]*---[ \t]*(?:\n|$)")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or video as it leaves. `location` is the name in the media storage; `sha256` and `size` are of its
    bytes; width and height are pixels; `seconds` is a video's length."""

    location: str
    content_type: str
    alt_text: str
    sha256: str
    width: int
    height: int
    size: int = 0
    seconds: float = 0.0

    @property
    def is_video(self) -> bool:
        """It moves."""
        return self.content_type.startswith("video/")


@dataclass(frozen=True, slots=True)
class Card:
    """What a link's card shows, on networks that want it from us."""

    title: str
    description: str = ""
    image: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What an editor wrote for one channel. The link stands where `{link}` is, else after the text.

    `warning` is a content warning: what readers are told before they see the rest.
    """

    text: str
    link: str = ""
    attachments: tuple[Attachment, ...] = ()
    language: str = "en"
    warning: str = ""
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stands against sending, in the editor's words."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Composed:
    """The exact words that leave for one channel: one message, or the parts of a thread in their order.

    Pictures, the warning and the card go with the first part; a thread's other parts bear the warning too, where the
    network has warnings. On one that has none, the warning is the first line of the first part.
    """

    parts: tuple[str, ...]
    language: str
    attachments: tuple[Attachment, ...] = ()
    warning: str = ""
    card: Card | None = None

    @property
    def text(self) -> str:
        """All parts for reading, an empty line between them."""
        return "\n\n".join(self.parts)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What leaves for one channel, its longest part's length in the network's own units, and its problems.

    `lengths` are each part's length and limit.
    """

    composed: Composed
    length: int
    limit: int
    problems: tuple[Problem, ...] = ()
    lengths: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """All parts for reading."""
        return self.composed.text

    @property
    def parts(self) -> tuple[str, ...]:
        """The messages, in their order."""
        return self.composed.parts

    @property
    def measured(self) -> list[tuple[str, int, int]]:
        """Each message with its length and limit."""
        return [(part, *length) for part, length in zip(self.parts, self.lengths, strict=True)]

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
    """Return the words that leave: NFC, trimmed, link and warning in place, split where the network has threads."""
    text = _place_link(as_it_leaves(draft.text), draft.link)
    warning = unicodedata.normalize("NFC", " ".join(draft.warning.split()))
    if warning and not rules.warnings:
        text, warning = f"{warning}\n\n{text}".strip(), ""
    parts = tuple(part.strip() for part in PART_MARK.split(text) if part.strip()) or ("",)
    if rules.max_parts == 1 and len(parts) > 1:
        parts = ("\n\n".join(parts),)
    card = draft.card if rules.cards and draft.link and not draft.attachments else None
    return Composed(parts, draft.language, draft.attachments, warning, card)


def examine(composed: Composed, rules: TextRules) -> Rendered:
    """Measure what leaves, and say what stands against it. What is counted is what is sent."""
    beside = measure(composed.warning, rules) if composed.warning else 0
    limits = [rules.limit_of(media=bool(composed.attachments) and place == 0) for place in range(len(composed.parts))]
    lengths = [measure(part, rules) + beside for part in composed.parts]
    place = max(range(len(limits)), key=lambda place: lengths[place] - limits[place])
    length, limit = lengths[place], limits[place]
    problems = _text_problems(composed.parts, length, limit, rules) + _media_problems(composed.attachments, rules)
    return Rendered(composed, length, limit, tuple(problems), tuple(zip(lengths, limits, strict=True)))


def render(draft: Draft, rules: TextRules) -> Rendered:
    """Compose and examine."""
    return examine(compose(draft, rules), rules)


def _place_link(text: str, link: str) -> str:
    if LINK_MARK in text:
        return text.replace(LINK_MARK, link).strip()
    return f"{text}\n\n{link}".strip() if link else text


def _text_problems(parts: Sequence[str], length: int, limit: int, rules: TextRules) -> list[Problem]:
    found = []
    if not all(parts):
        found.append(Problem("empty", _("There is no text. Write one.")))
    if length > limit:
        message = _("%(network)s takes %(limit)d characters and this text has %(length)d. Shorten it by %(over)d.")
        over = length - limit
        found.append(
            Problem("too-long", message % {"network": rules.name, "limit": limit, "length": length, "over": over})
        )
    if rules.byte_limit is not None and max(len(part.encode()) for part in parts) > rules.byte_limit:
        message = _("%(network)s takes %(limit)d bytes and this text has more. Shorten it.")
        found.append(Problem("too-heavy", message % {"network": rules.name, "limit": rules.byte_limit}))
    if len(parts) > rules.max_parts:
        message = _("A thread has at most %(limit)d parts on %(network)s. Join some.")
        found.append(Problem("too-many-parts", message % {"network": rules.name, "limit": rules.max_parts}))
    return found


def _media_problems(attachments: Sequence[Attachment], rules: TextRules) -> list[Problem]:
    found = []
    videos = [attachment for attachment in attachments if attachment.is_video]
    if videos and len(attachments) > 1:
        found.append(Problem("mixed-media", _("A video goes alone: remove the pictures, or the video.")))
    elif len(attachments) > rules.max_attachments:
        message = _("%(network)s takes %(limit)d pictures. Remove some.")
        found.append(Problem("too-many-pictures", message % {"network": rules.name, "limit": rules.max_attachments}))
    for attachment in attachments:
        found += _video_problems(attachment, rules) if attachment.is_video else _picture_problems(attachment, rules)
        if not attachment.alt_text.strip():
            found.append(Problem("no-alt-text", _("A picture has no description. Say what it shows.")))
        elif len(attachment.alt_text) > rules.alt_limit > 0:
            message = _("A picture's description is longer than the %(limit)d characters %(network)s takes.")
            found.append(Problem("alt-too-long", message % {"network": rules.name, "limit": rules.alt_limit}))
    return found


def _picture_problems(picture: Attachment, rules: TextRules) -> list[Problem]:
    if picture.size <= rules.pictures.max_bytes:
        return []
    message = _("A picture is heavier than the %(limit)d kB %(network)s takes. Choose a simpler one.")
    return [Problem("picture-too-heavy", message % {"network": rules.name, "limit": rules.pictures.max_bytes // 1000})]


def _video_problems(video: Attachment, rules: TextRules) -> list[Problem]:
    takes = rules.video
    if takes is None:
        return [Problem("no-video", _("%(network)s takes no videos from here.") % {"network": rules.name})]
    found = []
    if video.size > takes.max_bytes:
        message = _("The video is heavier than the %(limit)d MB %(network)s takes. Make it smaller.")
        found.append(
            Problem("video-too-heavy", message % {"network": rules.name, "limit": takes.max_bytes // 1_000_000})
        )
    if not takes.min_seconds <= video.seconds <= takes.max_seconds:
        message = _("%(network)s takes videos of %(least)g to %(most)g seconds; this one has %(length).1f.")
        values = {"network": rules.name, "least": takes.min_seconds, "most": takes.max_seconds, "length": video.seconds}
        found.append(Problem("video-length", message % values))
    return found
