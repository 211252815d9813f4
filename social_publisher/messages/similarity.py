"""How alike two posts are, by their words."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

from social_publisher.messages.words import ACCOUNT, EMAIL, HASHTAG, URL, WORD, blanked, fold

NEARLY_THE_SAME = 0.85
# Under this many words only the very same ones are a repetition: "Follow us" follows many posts.
FEW_WORDS = 5
MOST_WORDS = 300


def alike(one: str, other: str) -> float:
    """From 0 to 1, without regard to links, hashtags, accounts, case and signs; 0 as soon as they clearly differ."""
    (ours, our_count), (theirs, their_count) = _words(one), _words(other)
    total = len(ours) + len(theirs)
    if ours == theirs:
        return 1.0 if ours else 0.0
    if min(len(ours), len(theirs)) < FEW_WORDS:
        return 0.0
    if 2 * sum((our_count & their_count).values()) < NEARLY_THE_SAME * total:
        return 0.0
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio()


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[str, ...], Counter[str]]:
    words = tuple(WORD.findall(fold(blanked(text, URL, EMAIL, ACCOUNT, HASHTAG)))[:MOST_WORDS])
    return words, Counter(words)
