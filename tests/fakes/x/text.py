"""How X counts a text, and how it changes it: twitter-text's configuration v3, written down a second time."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any

import regex

LIMIT, LINK = 280, 23
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
INVALID = re.compile("[\ufeff\ufffe\uffff]")
PATH = r"(?::[0-9]+)?(?:/(?:[\w\-.~:?#@!$&'*+,;=%/]*[\w\-/=#&+])?)?"
# Addresses with a scheme, and without one those of a few well-known domains.
URL = re.compile(
    rf"https?://(?:[\w-]+\.)+[a-z]{{2,}}{PATH}|(?<![\w@.$/#-])(?:[a-z0-9-]+\.)+(?:com|eu|int|net|org)\b{PATH}",
    re.ASCII | re.IGNORECASE,
)
EMOJI = regex.compile(r"(?V1)[\p{Emoji}--[0-9#*]]|[0-9#*]\ufe0f?\u20e3")


def weighted_length(text: str) -> int:
    """Letters of most of the world's alphabets count 1, all else and emoji 2, an address 23; after NFC."""
    text = unicodedata.normalize("NFC", text)
    length = LINK * len(URL.findall(text))
    for cluster in regex.findall(r"\X", URL.sub("", text)):
        length += 2 if EMOJI.match(cluster) else sum(_weight(ord(character)) for character in cluster)
    return length


def on_the_wire(text: str, post_id: str, own: list[tuple[str, str]]) -> tuple[str, list[dict[str, Any]]]:
    """The text as the API tells it: addresses in t.co, & < > escaped, and the address of each of its `own` pictures
    (address and key) at the end. Also what the addresses stand for."""
    urls: list[dict[str, Any]] = []
    told, end = "", 0
    for found in URL.finditer(text):
        told += html.escape(text[end : found.start()], quote=False)
        expanded = found[0] if "://" in found[0] else f"http://{found[0]}"
        urls.append(_entity(told, f"https://t.co/{post_id[-6:]}{len(urls):04}", expanded))
        told, end = told + urls[-1]["url"], found.end()
    told += html.escape(text[end:], quote=False)
    for place, (address, key) in enumerate(own):
        if place == 0:
            told = f"{told} " if told else told
            short = f"https://t.co/{post_id[-6:]}own0"
            told += short
        urls.append({**_entity(told[: -len(short)], short, address), "media_key": key})
    return told, urls


def _weight(point: int) -> int:
    return 1 if any(first <= point <= last for first, last in LIGHT) else 2


def _entity(before: str, short: str, expanded: str) -> dict[str, Any]:
    start = len(before)
    display = expanded.partition("://")[2][:25]
    return {"start": start, "end": start + len(short), "url": short, "expanded_url": expanded, "display_url": display}
