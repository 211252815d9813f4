"""The format in which LinkedIn takes and tells a post's text. Source: learn.microsoft.com, little Text Format.

A reserved character that is not escaped ends the text there, silently. A hashtag is sent as the page's HashtagTemplate:
its word may be of any alphabet, where the shorter `#word` leaves open what a word is. Readers see what was written.
"""

from __future__ import annotations

import re

RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
# A hashtag begins a word, perhaps behind a bracket or quotation mark, and has a letter: "C#", "#1" and "/a#b" are none.
HASHTAG = re.compile(r"(?<![^\s(\[{\"'«„“‚‘])#(\w*[^\W\d_]\w*)")
# As it is told: a hashtag, a mention of a person or a page, or a single escaped character.
ELEMENT = re.compile(
    r"\{hashtag\|\\?(?P<sign>[#＃])\|(?P<word>(?:\\.|[^\\}])*)\}"
    r"|@\[(?P<name>(?:\\.|[^\\\]])*)\]\([^)]*\)"
    r"|\\(?P<plain>[\\|{}@\[\]()<>#*_~])"
)


def to_little(text: str) -> str:
    """Return plain text as LinkedIn wants it."""
    pieces, end = [], 0
    for tag in HASHTAG.finditer(text):
        pieces += [_escaped(text[end : tag.start()]), f"{{hashtag|\\#|{_escaped(tag[1])}}}"]
        end = tag.end()
    return "".join([*pieces, _escaped(text[end:])])


def from_little(commentary: str) -> str:
    """Return the plain text that readers see."""
    return ELEMENT.sub(_as_read, commentary)


def _as_read(element: re.Match[str]) -> str:
    if element["plain"] is not None:
        return element["plain"]
    if element["name"] is not None:
        return from_little(element["name"])
    return element["sign"] + from_little(element["word"])


def _escaped(text: str) -> str:
    return RESERVED.sub(r"\\\g<0>", text)
