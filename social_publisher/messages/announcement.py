"""A page's title and summary as a post: as much of the summary as every network takes, cut at a sentence's end."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from social_publisher.messages.counting import measure
from social_publisher.messages.rules import TextRules

# After a full stop, question or exclamation mark, or Greek's own question mark, closing quotes included.
SENTENCE_END = re.compile(r"(?<=[.!?…;])(?<!\d\.)[”»\"')]*\s+")


def announcement(
    title: str, summary: str, hashtags: Iterable[str], rules: Collection[TextRules], link: str = "", media: bool = False
) -> str:
    """Return title, summary and hashtags, a paragraph each, that fit all of `rules` beside the link.

    The summary loses whole sentences from its end; title and hashtags stay, even where they do not fit.
    """
    sentences = [sentence.strip() for sentence in SENTENCE_END.split(summary) if sentence.strip()]
    tags = " ".join(dict.fromkeys(hashtags))
    for count in range(len(sentences), -1, -1):
        kept = " ".join(sentences[:count])
        text = "\n\n".join(part for part in (title.strip(), kept, tags) if part)
        whole = f"{text}\n\n{link}" if link else text
        if count == 0 or all(measure(whole, rule) <= rule.limit_of(media=media) for rule in rules):
            return text
    return title
