"""Where links, hashtags and mentions stand in a text, in bytes of its UTF-8. Nothing here asks anybody.

Sources: lexicon app.bsky.richtext.facet; docs.bsky.app, "Links, mentions, and rich text"; atproto.com/specs/handle.
A hashtag is what Bluesky's own app takes for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import regex

FACET = "app.bsky.richtext.facet"
LONGEST_TAG = 64
LONGEST_HANDLE = 253

# Links and mentions begin a word, or stand right behind an opening bracket or quotation mark.
_BEGIN = r"""(?<![^\s\ufeff(\[{<«„“”‚‘’"'])"""
_ADDRESS = r'[^\s\p{Cc}\u200b\u2060\ufeff<>"«»„“”]'
_LINK = regex.compile(rf"{_BEGIN}[hH][tT][tT][pP][sS]?://(?!/){_ADDRESS}+")
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_TOP_LABEL = r"[a-zA-Z](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_MENTION = regex.compile(rf"{_BEGIN}@((?:{_LABEL}\.)+{_TOP_LABEL})(?![\w@-]|\.\w)")
# A hashtag begins a word. U+FE0F behind the # makes it a keycap; soft hyphens and zero-width characters end it.
_TAG = regex.compile(r"(?<![^\s\ufeff])[#＃](?!\ufe0f)([^\s\u00ad\u200a-\u200d\u2060\u20e2\ufeff]+)")
_TAG_END = regex.compile(r"\p{P}+$")
_SAYS_SOMETHING = regex.compile(r"[^0-9\p{P}]")

_ENDS = frozenset(".,;:!?…'’·\u037e")
_BRACKETS = {")": "(", "]": "[", "}": "{"}


class Kind(StrEnum):
    """What a stretch of text is."""

    LINK = "link"
    MENTION = "mention"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text: first byte, byte after the last, what it is, and its address, handle or tag."""

    start: int
    end: int
    kind: Kind
    value: str


def marks(text: str) -> list[Mark]:
    """Everything that is marked in the text, in its order; no two overlap."""
    taken: list[tuple[int, int, Kind, str]] = []
    for first, last, kind, value in (*_links(text), *_mentions(text), *_tags(text)):
        if all(last <= start or end <= first for start, end, _kind, _value in taken):
            taken.append((first, last, kind, value))
    return [
        Mark(len(text[:first].encode()), len(text[:last].encode()), kind, value)
        for first, last, kind, value in sorted(taken)
    ]


def mentioned(text: str) -> list[str]:
    """The handles that the text mentions, each once."""
    return list(dict.fromkeys(mark.value for mark in marks(text) if mark.kind is Kind.MENTION))


def facets(text: str, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """The text's facets. `dids` says who the handles are; one that is not there stays plain text."""
    found = []
    for mark in marks(text):
        if mark.kind is Kind.LINK:
            feature = {"$type": f"{FACET}#link", "uri": mark.value}
        elif mark.kind is Kind.TAG:
            feature = {"$type": f"{FACET}#tag", "tag": mark.value}
        elif mark.value in dids:
            feature = {"$type": f"{FACET}#mention", "did": dids[mark.value]}
        else:
            continue
        found.append({"index": {"byteStart": mark.start, "byteEnd": mark.end}, "features": [feature]})
    return found


def _links(text: str) -> Iterator[tuple[int, int, Kind, str]]:
    for match in _LINK.finditer(text):
        address = _without_punctuation(match[0])
        if not address.endswith("://"):
            yield match.start(), match.start() + len(address), Kind.LINK, address


def _without_punctuation(address: str) -> str:
    """An address without what ends the sentence; a closing bracket stays if the address opened it."""
    while address[-1] in _ENDS or address.count(address[-1]) > address.count(_BRACKETS.get(address[-1], address[-1])):
        address = address[:-1]
    return address


def _mentions(text: str) -> Iterator[tuple[int, int, Kind, str]]:
    for match in _MENTION.finditer(text):
        if len(match[1]) <= LONGEST_HANDLE:
            yield match.start(), match.end(), Kind.MENTION, match[1].lower()


def _tags(text: str) -> Iterator[tuple[int, int, Kind, str]]:
    for match in _TAG.finditer(text):
        tag = _TAG_END.sub("", match[1])
        if len(tag) <= LONGEST_TAG and _SAYS_SOMETHING.search(tag):
            yield match.start(), match.start(1) + len(tag), Kind.TAG, tag
