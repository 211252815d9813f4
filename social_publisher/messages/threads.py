"""Splitting a long text into the parts of a thread, and joining them again. Parts end where sentences end."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex

from social_publisher.messages.counting import measure
from social_publisher.messages.render import LINK_MARK, PART_MARK
from social_publisher.messages.rules import TextRules
from social_publisher.messages.words import with_one_line_end

# No thread on any network is longer, in characters; past this a text is left as it is.
LONGEST = 30_000
# A part is not looked for beyond so many characters.
REACH = 10_000

PIECE = regex.compile(r"\S+|\s+")
# What ends a sentence, with closing quotes and brackets; a semicolon asks a question in Greek alone.
END = regex.compile(r"""(?:[.!?…]|(?<=\p{Greek})[;\u037e])["'\p{Pe}\p{Pf}\p{Pi}]*$""")
OPENING = "\"'(\u00ab\u201e\u201c\u2018[\u00bf\u00a1"
INITIALS = regex.compile(r"(?:\p{L}\.)*\p{L}")
ROMAN = regex.compile(r"[IVXLC]{2,}")
# Words with a full stop that end no sentence, in the languages of the site: English and shared, Romanian, Bulgarian,
# Greek, Albanian, Serbian, Turkish, Hungarian.
ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof st vs cf approx dept gov gen col p.ex dl dna dvs напр проф инж бул ул гр π.χ κ.λπ κ.ά καθ
    p.sh znj dmth npr tj sl čl нпр тј чл сл örn vb sn bkz doç pl ill kb ún özv ifj
    """.split()  # noqa: SIM905
)
BEFORE_NUMBERS = frozenset("no nos nr art p pp sec fig vol ch par бр чл ст стр т αρ άρ άρθ σελ br str sz md".split())  # noqa: SIM905

# What is put where white space with no, one or more line ends was, so that `join` can tell.
MARKS = ("\n---\n", "\n---\n\n", "\n\n---\n\n")
JOINED = regex.compile(r"(?<!\n)(\n*)\n[ \t]*---[ \t]*\n(\n*)")
# Whether a part fits, as the first or the last of its thread.
Fits = Callable[[str, bool, bool], bool]


@dataclass(frozen=True, slots=True)
class _Cut:
    """White space where a text may be parted; between sentences, or only between words."""

    start: int
    end: int
    sentence: bool


def split(text: str, rules: TextRules, link: str = "", warning: str = "") -> str:
    """Return the text with part marks, so that each part fits the network with its link and warning.

    Marks that are there stay, and what fits is not parted. A single word that is too long stays whole. Where there are
    no threads the text is returned as it came.
    """
    text = with_one_line_end(text)
    if rules.max_parts == 1 or len(text) > LONGEST:
        return text
    fits = _measuring(text, rules, link, warning)
    sections = parts(text) or [""]
    last = len(sections) - 1
    packed = [_pack(section, fits, place == 0, place == last) for place, section in enumerate(sections)]
    return text if all(part == [section] for part, section in zip(packed, sections, strict=True)) else _marked(packed)


def join(text: str) -> str:
    """Return the text without part marks; what `split` parted is as it was before."""
    return str(JOINED.sub(lambda mark: ("\n" * (len(mark[1]) + len(mark[2]))) or " ", with_one_line_end(text)))


def parts(text: str) -> list[str]:
    """Return the parts that the marks make."""
    return [part for part in PART_MARK.split(with_one_line_end(text)) if part.strip()]


def _measuring(text: str, rules: TextRules, link: str, warning: str) -> Fits:
    """A question: does this part fit, as the first or the last of the thread?"""
    warning = " ".join(warning.split())
    beside = measure(warning, rules) if warning and rules.warnings else 0
    head = f"{warning}\n\n" if warning and not rules.warnings else ""
    tail = f"\n\n{link}" if link and LINK_MARK not in text else ""

    def fits(part: str, first: bool, last: bool) -> bool:
        whole = f"{head if first else ''}{part.strip().replace(LINK_MARK, link)}{tail if last else ''}"
        whole = unicodedata.normalize("NFC", whole.strip())
        light = rules.byte_limit is None or len(whole.encode()) <= rules.byte_limit
        return light and measure(whole, rules) + beside <= rules.limit

    return fits


def _pack(section: str, fits: Fits, first: bool, last: bool) -> list[str]:
    """The section in pieces: parts at even places, and between them the white space that parted them."""
    pieces: list[str] = []
    cuts, start = _cuts(section), 0
    while not fits(section[start:], first, last):
        cuts = [cut for cut in cuts if cut.start > start]
        cut = _last_fitting(section, start, [cut for cut in cuts if cut.sentence], fits, first)
        if cut is None and last and fits(section[start:], first, False):
            return [*pieces, section[start:], "\n\n", LINK_MARK]  # only the link has no room: it goes alone
        cut = cut or _last_fitting(section, start, cuts, fits, first) or next(iter(cuts), None)
        if cut is None:
            break
        pieces += [section[start : cut.start], section[cut.start : cut.end]]
        start, first = cut.end, False
    return [*pieces, section[start:]]


def _last_fitting(section: str, start: int, cuts: Sequence[_Cut], fits: Fits, first: bool) -> _Cut | None:
    """The last of the cuts before which everything from the start fits."""
    found, low, high = None, 0, len(cuts)
    while low < high:
        middle = (low + high) // 2
        cut = cuts[middle]
        if cut.start - start <= REACH and fits(section[start : cut.start], first, False):
            found, low = cut, middle + 1
        else:
            high = middle
    return found


def _cuts(section: str) -> list[_Cut]:
    """Where a text may be parted: never inside a link or any other word, nor after an abbreviation."""
    cuts, fresh_line, end = [], True, len(section.rstrip())
    pieces = list(PIECE.finditer(section, len(section) - len(section.lstrip()), end))
    for word, space, following in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
        new_line = "\n" in space[0]
        if new_line or not _abbreviates(word[0], following[0], fresh_line):
            ends = bool(END.search(word[0])) and not following[0].lstrip(OPENING)[:1].islower()
            cuts.append(_Cut(space.start(), space.end(), new_line or ends))
        fresh_line = new_line
    return cuts


def _abbreviates(word: str, following: str, fresh_line: bool) -> bool:
    """Whether the word's full stop belongs to it, as in "e.g.", "No. 5" or the "1." of a list."""
    stem = word.lstrip(OPENING).removesuffix(".")
    if not word.endswith(".") or not stem:
        return False
    if stem.lower() in BEFORE_NUMBERS and following[0].isdecimal():
        return True
    listed = fresh_line and stem.isdecimal() and len(stem) <= 3
    return listed or stem.lower() in ABBREVIATIONS or bool(INITIALS.fullmatch(stem) or ROMAN.fullmatch(stem))


def _marked(sections: Sequence[Sequence[str]]) -> str:
    """Parts with marks between them that remember what white space stood there."""
    texts = []
    for pieces in sections:
        parts, spaces = pieces[::2], [MARKS[min(space.count("\n"), 2)] for space in pieces[1::2]]
        texts.append("".join(part + space for part, space in zip(parts, [*spaces, ""], strict=True)).strip("\n"))
    return MARKS[2].join(texts)
