"""How long a text is, by each network's own rule."""

from __future__ import annotations

import unicodedata

import regex
from twitter_text import parse_tweet

from social_publisher.messages.rules import Counting, TextRules

URL = regex.compile(r"https?://\S+")
GRAPHEME = regex.compile(r"\X")
# twitter-text takes seconds on thousands of characters in one word; past this no text fits X anyway.
WEIGHTED_CAP = 4000


def measure(text: str, rules: TextRules) -> int:
    """Return the length the network would count, in its own units, after NFC normalisation."""
    text = unicodedata.normalize("NFC", text)
    if rules.counting is Counting.WEIGHTED:
        return _weighted(text)
    if rules.url_length is not None:
        text = URL.sub("x" * rules.url_length, text)
    if rules.counting is Counting.GRAPHEMES:
        return len(GRAPHEME.findall(text))
    return len(text)


def _weighted(text: str) -> int:
    if len(text) > WEIGHTED_CAP:
        return len(text)
    return int(parse_tweet(text).weightedLength)
