"""Checks on how a text is written: what a screen reader cannot speak, and what a campaign does not say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

import regex
from django.utils.translation import gettext as _

from social_publisher.messages.checks import Check, Finding
from social_publisher.messages.words import ACCOUNT, EMAIL, HASHTAG, URL, WORD, blanked, capitalised, fold, quoted

LONGEST_ACRONYM = 5
# A hashtag without capitals is hardly one word when it has this many letters.
SEVERAL_WORDS = 12
SHOUTED_WORD = 7
SHOUTED_RUN = 3
EMOJI_RUN = 3
KNOWN_CAPITALS = frozenset(
    {"CEPOL", "EUBAM", "EUIPO", "EUROJUST", "EUROPOL", "FRONTEX", "INTERPOL", "OLAF", "OSCE", "SELEC", "UNODC", "UNHCR",
     "UNICEF", "EPPO", "EMPACT", "NATO", "COVID", "GDPR"}
)  # fmt: skip
GRAPHEME = regex.compile(r"\X")
PIECE = regex.compile(r"[\p{L}\p{M}]+")
HUMP = regex.compile(r"\p{Lu}[\p{Ll}\p{M}]+|[\p{Lu}\p{M}]+(?!\p{Ll})|[\p{Ll}\p{M}]+")
EMOJI = regex.compile(r"(?![©®™])\p{Extended_Pictographic}|\p{Regional_Indicator}|^[0-9#*]\uFE0F?\u20E3")


def hashtags_in_camel_case(
    text: str, known: Collection[str] = (), names: Iterable[str] = (), language: str = ""
) -> list[Finding]:
    """Hashtags of several words without a capital at each; spelt anew where the words can be known.

    Words are known from the campaign's own hashtags, from `names` and from the text around.
    """
    ours = {fold(tag, language): tag for tag in map(_bare, known) if len(HUMP.findall(tag)) > 1}
    vocabulary = {fold(hump, language) for tag in ours.values() for hump in HUMP.findall(tag)}
    around = [blanked(text, URL, ACCOUNT, HASHTAG), *names]
    vocabulary.update(fold(word, language) for some in around for word in PIECE.findall(some))
    capitals = known_capitals(names)
    found = []
    for tag in dict.fromkeys(HASHTAG.findall(blanked(text, URL))):
        own = ours.get(fold(tag, language), "")
        better = own or PIECE.sub(lambda piece: _spelt(piece.group(), vocabulary, capitals, language), tag)
        if better != tag:
            found.append(_hashtag(tag, better))
        elif not own and any(_hides_words(piece, vocabulary, capitals, language) for piece in PIECE.findall(tag)):
            found.append(_hashtag(tag, ""))
    return found


def _bare(hashtag: str) -> str:
    return hashtag.removeprefix("#")


def _hashtag(tag: str, better: str) -> Finding:
    reason = _("A screen reader reads #%(tag)s as one word, which nobody understands.") % {"tag": tag}
    if better:
        return Finding(Check.HASHTAG_CASE, reason, _("Write #%(better)s.") % {"better": better})
    return Finding(Check.HASHTAG_CASE, reason, _("Begin each word in it with a capital: #LikeThis."))


def _hides_words(piece: str, vocabulary: Collection[str], capitals: Collection[str], language: str) -> bool:
    """Whether a run of letters in one case, but for its first, is more than one word."""
    if piece.isupper():
        return len(piece) > LONGEST_ACRONYM and piece not in capitals
    one_case = piece[1:].islower()
    return one_case and len(piece) >= SEVERAL_WORDS and fold(piece, language) not in vocabulary


def _spelt(piece: str, vocabulary: Collection[str], capitals: Collection[str], language: str) -> str:
    """The run of letters with a capital at each word, where the words are known; else unchanged."""
    shouted = piece.isupper()
    if not (piece[1:].islower() or (shouted and len(piece) > LONGEST_ACRONYM)) or piece in capitals:
        return piece
    words = _words_in(fold(piece, language), vocabulary)
    known_as_one = len(words) == 1
    if not words or (known_as_one and not shouted):
        return piece
    return "".join(capitalised(word, language) for word in words)


def _words_in(letters: str, vocabulary: Collection[str]) -> Sequence[str]:
    """The fewest known words that make up the letters, each of three or more unless it is all; empty if none do."""
    if letters in vocabulary:
        return (letters,)
    best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    for end in range(3, len(letters) + 1):
        for start in range(end - 2):
            before, word = best[start], letters[start:end]
            if before is not None and word in vocabulary:
                candidate = (*before, word)
                current = best[end]
                if current is None or len(candidate) < len(current):
                    best[end] = candidate
    return best[-1] or ()


def known_capitals(names: Iterable[str] = ()) -> frozenset[str]:
    """The acronyms of bodies of the field, and those that stand in the given names."""
    return KNOWN_CAPITALS | {word for name in names for word in PIECE.findall(name) if word.isupper()}


def all_caps(text: str, names: Iterable[str] = ()) -> list[Finding]:
    """Words in capitals: three or more in a row, or a long one; acronyms that stand in `names` are none."""
    known = known_capitals(names)
    plain = blanked(text, URL, EMAIL, ACCOUNT, HASHTAG)
    shouted: list[str] = []
    run: list[regex.Match[str]] = []
    for word in WORD.finditer(plain):
        if not word.group().isupper():
            shouted += _shouted(plain, run, known)
            run = []
        elif len(word.group()) > 1:
            run.append(word)
    shouted += _shouted(plain, run, known)
    if not shouted:
        return []
    reason = _("Capitals are hard to read, and some screen readers spell them: %(words)s.")
    return [Finding(Check.ALL_CAPS, reason % {"words": quoted(shouted)}, _("Write it as in any other sentence."))]


def _shouted(text: str, run: Sequence[regex.Match[str]], known: frozenset[str]) -> list[str]:
    """What of a run of words in capitals is shouting and no list of acronyms."""
    strange = [word for word in run if not known.issuperset(PIECE.findall(word.group()))]
    if not strange:
        return []
    between = [text[one.end() : next_one.start()] for one, next_one in pairwise(run)]
    is_list = not all(gap.isspace() for gap in between)
    acronyms = all(len(word.group()) <= LONGEST_ACRONYM for word in strange)
    if len(run) >= SHOUTED_RUN and not (is_list and acronyms):
        return [" ".join(word.group() for word in run)]
    return [word.group() for word in strange if max(map(len, PIECE.findall(word.group()))) >= SHOUTED_WORD]


def emoji_runs(text: str) -> list[Finding]:
    """Three or more emoji in a row, blanks between them or not."""
    runs: list[list[str]] = [[]]
    for cluster in GRAPHEME.findall(text):
        if EMOJI.search(cluster):
            runs[-1].append(cluster)
        elif runs[-1] and not cluster.isspace():
            runs.append([])
    long = ["".join(run) for run in runs if len(run) >= EMOJI_RUN]
    if not long:
        return []
    reason = _("A screen reader reads the name of each emoji aloud, one after the other: %(emoji)s.")
    fix = _("Leave one or two, at the end of the sentence.")
    return [Finding(Check.EMOJI_RUN, reason % {"emoji": ", ".join(dict.fromkeys(long))}, fix)]
