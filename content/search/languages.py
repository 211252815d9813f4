"""How each language of the site is read: its stemmer, the endings the stemmer leaves, the words that say nothing."""

from __future__ import annotations

from dataclasses import dataclass

VOWELS = "aeiou"


@dataclass(frozen=True)
class Reading:
    """How words of a language become what is compared.

    `dictionary` is PostgreSQL's stemmer; without one `endings` are taken off, longest first, each with what stands in
    its place. `passes` is how often the stemmer is asked, `trim` the letters that then leave the end.
    """

    dictionary: str = ""
    passes: int = 1
    trim: str = ""
    endings: tuple[tuple[str, str], ...] = ()
    stop: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _endings(text: str, **replaced: str) -> tuple[tuple[str, str], ...]:
    pairs = {**dict.fromkeys(text.split(), ""), **replaced}
    return tuple(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


# Small words of languages whose stemmer has no list of its own, folded.
SERBIAN_STOP = _words(
    "i u na je se da za od sa su ne ili o po do iz kao koji koja koje a ali te sto što ce biti bi nije ovo ova ovaj"
)
GREEK_STOP = _words(
    "και το η ο της του τα των τον την τις τους οι σε με για απο στο στη στην στον στα στις στους ειναι που να θα δεν"
    " ενα μια ενας ως η"
)
ROMANIAN_STOP = _words(
    "si in de la pe cu din un o a al ai ale sa se este sunt care ce pentru prin nu ca mai fi au sau lui ei"
)
BULGARIAN_STOP = _words("и в на за от с се са е да не по че до или със във как които който която което към при а но")
MACEDONIAN_STOP = _words("и во на за од со се да не по дека до или како кои кој која кое кон при а но е сe со")
ALBANIAN_STOP = _words("dhe e te i ne me per nga se qe nje ka jane eshte u do ose si ky kjo kete nuk a prej")

BULGARIAN_ENDINGS = _endings(
    "ията иите ието ият ия ии ие овете евете ове еве ите ата ята ето ото ът ят а я о е и й ъ",
    остта="ост",
    щта="щ",
)
MACEDONIAN_ENDINGS = _endings(
    "ијата ијите иите ија ии овите евите ови еви јата јето јите ја је ји ите ата ото ето от а о е и",
    оста="ост",
)
ALBANIAN_ENDINGS = _endings("evet avet eve ave ise ine ite jte ia ja je es en et at it in ut un i u a e")

SERBIAN = Reading("serbian_stem", trim=VOWELS + "j", stop=SERBIAN_STOP)

# Bosnian, Croatian and Montenegrin have no stemmer; the Serbian one reads their inflection and both their vowels.
READINGS: dict[str, Reading] = {
    "en": Reading("english_stem"),
    "el": Reading("greek_stem", trim="αεηιουω", stop=GREEK_STOP),
    "sr": SERBIAN,
    "bs": SERBIAN,
    "hr": SERBIAN,
    "cnr": SERBIAN,
    "ro": Reading("romanian_stem", trim=VOWELS, stop=ROMANIAN_STOP),
    "hu": Reading("hungarian_stem", passes=2, trim=VOWELS),
    "tr": Reading("turkish_stem", passes=2),
    "bg": Reading(endings=BULGARIAN_ENDINGS, stop=BULGARIAN_STOP),
    "mk": Reading(endings=MACEDONIAN_ENDINGS, stop=MACEDONIAN_STOP),
    "sq": Reading(endings=ALBANIAN_ENDINGS, stop=ALBANIAN_STOP),
}
SHORTEST_STEM = 3


def reading(language: str) -> Reading:
    """How the language is read; one the site does not know is compared word by word."""
    return READINGS.get(language, Reading())


def without_ending(word: str, how: Reading) -> str:
    """The word without its longest ending. An ending in a consonant needs a longer stem before it."""
    for ending, instead in how.endings:
        if word.endswith(ending):
            stem = word[: -len(ending)] + instead
            if len(stem) >= SHORTEST_STEM + (ending[-1] not in "aeiouаеиоуъяј"):
                return stem
    return word


def trimmed(stem: str, how: Reading) -> str:
    """The stem without the letters that inflection leaves at its end."""
    shorter = stem.rstrip(how.trim) if how.trim else stem
    return shorter if len(shorter) >= SHORTEST_STEM else stem
