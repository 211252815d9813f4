"""How long a text is, by each network's own rule."""

from __future__ import annotations

import unicodedata

import regex
from twitter_text import extract_urls_with_indices, parse_tweet

from social_publisher.messages.rules import Counting, TextRules

GRAPHEME = regex.compile(r"\X")
# Mastodon counts a mention of another server's account without that server's name.
FAR_MENTION = regex.compile(r"(?<![\w/=])(@\w+(?:[\w.-]+\w)?)@[\w.-]+\w")
# Top-level domains of IANA's list that are younger than the parser's own; their links count as any other.
YOUNG_DOMAIN = regex.compile(r"(?<=[\w-]\.)(?:amazon|kids|spa|web)(?![\w.-])", regex.IGNORECASE)
# twitter-text takes seconds on thousands of characters in one word; past this no such text fits anyway.
PARSED_CAP = 4000
LONGEST_WORD = 2000


def measure(text: str, rules: TextRules) -> int:
    """Return the length the network would count, in its own units, after NFC normalisation."""
    text = unicodedata.normalize("NFC", text)
    if rules.counting is Counting.WEIGHTED:
        known = YOUNG_DOMAIN.sub("com", text)
        return int(parse_tweet(known).weightedLength) if _parses_quickly(known) else len(text)
    if rules.short_mentions:
        text = FAR_MENTION.sub(r"\1", text)
    if rules.url_length is not None:
        text = _with_short_urls(text, "x" * rules.url_length)
    if rules.counting is Counting.GRAPHEMES:
        return len(GRAPHEME.findall(text))
    if rules.counting is Counting.UTF16:
        return len(text.encode("utf-16-le")) // 2
    return len(text) + sum(text.count(character) for character in rules.escaped)


def _parses_quickly(text: str) -> bool:
    return len(text) <= PARSED_CAP and max(map(len, text.split()), default=0) <= LONGEST_WORD


def _with_short_urls(text: str, short: str) -> str:
    """The text with each address of a known top-level domain replaced; what is none to the parser counts as written."""
    if "://" not in text or max(map(len, text.split()), default=0) > LONGEST_WORD:
        return text
    pieces, end = [], 0
    for found in extract_urls_with_indices(text, False):
        first, last = found["indices"]
        pieces += [text[end:first], short]
        end = last
    return "".join([*pieces, text[end:]])
