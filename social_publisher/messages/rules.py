"""What each network takes, as data. The composer, the checks and the send read the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Counting(StrEnum):
    """How a network counts a text's length."""

    CODE_POINTS = "code points"
    GRAPHEMES = "graphemes"
    WEIGHTED = "weighted"  # X: twitter-text, configuration v3


@dataclass(frozen=True, slots=True)
class TextRules:
    """One network's limits. `url_length` is what any link counts; None counts it as written. Bytes are UTF-8.

    `max_parts` above 1 means that it has threads: a post may be several messages, each an answer to the one before.
    """

    name: str
    limit: int
    counting: Counting
    url_length: int | None = None
    byte_limit: int | None = None
    max_attachments: int = 4
    alt_limit: int = 1000
    max_parts: int = 1


# docs.x.com: counting characters; media alt text at most 1000 characters.
X = TextRules("X", 280, Counting.WEIGHTED, url_length=23, max_parts=25)
# docs.joinmastodon.org: Instance entity; these are the defaults of a new instance.
MASTODON = TextRules("Mastodon", 500, Counting.GRAPHEMES, url_length=23, alt_limit=1500, max_parts=25)
# Lexicon app.bsky.feed.post: maxGraphemes 300, maxLength 3000.
BLUESKY = TextRules("Bluesky", 300, Counting.GRAPHEMES, byte_limit=3000, alt_limit=2000, max_parts=25)
# core.telegram.org: sendMessage text 1-4096, caption 0-1024 characters after entities parsing; no alt text is taken.
TELEGRAM = TextRules("Telegram", 1024, Counting.CODE_POINTS, max_attachments=10)
FACEBOOK = TextRules("Facebook", 63_206, Counting.CODE_POINTS, max_attachments=10)
LINKEDIN = TextRules("LinkedIn", 3000, Counting.CODE_POINTS, max_attachments=9, alt_limit=4086)

RULES: dict[str, TextRules] = {
    "x": X,
    "mastodon": MASTODON,
    "bluesky": BLUESKY,
    "telegram": TELEGRAM,
    "facebook": FACEBOOK,
    "linkedin": LINKEDIN,
}
