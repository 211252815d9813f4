"""The words that were found, marked. The text is plain: whatever looks like markup in it is shown, not obeyed."""

from __future__ import annotations

import html
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import nh3
from django.utils.safestring import SafeString, mark_safe

from content.search.folding import Token, tokens
from content.search.vector import GAP

# About two lines on a wide screen, five on a phone.
PASSAGE = 36
LEAD = 8


@dataclass(frozen=True)
class Shown:
    """A title and a passage, as HTML in which the found words are marked."""

    title: SafeString
    passage: SafeString


def show(title: str, summary: str, text: str, positions: Collection[int]) -> Shown:
    """Mark the words at these positions of the index, and choose the passage that has most of them."""
    wanted = frozenset(positions)
    title_words = list(tokens(title))
    summary_words = list(tokens(summary))
    summary_starts = len(title_words) + GAP
    text_starts = summary_starts + len(summary_words) + GAP
    in_summary = {place - summary_starts - 1 for place in wanted if summary_starts < place <= text_starts - GAP}
    in_text = {place - text_starts - 1 for place in wanted if place > text_starts}
    text_words = list(tokens(text)) if in_text else []
    in_text = {place for place in in_text if place < len(text_words)}
    marked_title = _marked(title, title_words, {place - 1 for place in wanted if place <= len(title_words)})
    start = best_window(sorted(in_text))
    if not summary and not text_words:
        text_words = list(tokens(text))
    inside = {place for place in in_text if start <= place < start + PASSAGE}
    if summary and (len(in_summary) >= len(inside) or not text_words):
        return Shown(marked_title, _marked(summary, summary_words, in_summary))
    return Shown(marked_title, _passage(text, text_words, start, inside))


def best_window(places: Sequence[int]) -> int:
    """Where a passage begins that has the most of these places; the first of several as good."""
    best, most, first = 0, 0, 0
    for last, place in enumerate(places):
        while place - places[first] >= PASSAGE - LEAD:
            first += 1
        if last - first + 1 > most:
            best, most = places[first], last - first + 1
    return max(0, best - LEAD)


def _passage(text: str, words: list[Token], start: int, inside: set[int]) -> SafeString:
    if not words:
        return SafeString("")
    chosen = words[start : start + PASSAGE]
    begins = 0 if start == 0 else chosen[0].start
    ends = len(text) if start + PASSAGE >= len(words) else chosen[-1].end
    cut = [Token(word.word, word.start - begins, word.end - begins) for word in chosen]
    before, after = ("… " if begins else ""), (" …" if ends < len(text) else "")
    return _marked(text[begins:ends], cut, {place - start for place in inside}, before, after)


def _marked(text: str, words: Sequence[Token], places: set[int], before: str = "", after: str = "") -> SafeString:
    pieces, end = [before], 0
    for place in sorted(places):
        token = words[place]
        pieces += [html.escape(text[end : token.start]), f"<mark>{html.escape(token.word)}</mark>"]
        end = token.end
    pieces += [html.escape(text[end:]), after]
    return mark_safe(nh3.clean("".join(pieces), tags={"mark"}, attributes={}))  # noqa: S308
