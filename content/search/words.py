"""The site's own words, counted by language, and the nearest of them to a word nobody wrote."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction
from rapidfuzz import process
from rapidfuzz.distance import OSA

from content.search.folding import CYRILLIC, fold, native
from content.search.models import SearchEntry, SearchWord, SearchWords

COUNT = (
    f"INSERT INTO {SearchWord._meta.db_table} (language, word, folded, length, pages)"
    " SELECT %s, counted.word, min(counted.folded), length(min(counted.folded)), count(*)"
    f" FROM {SearchEntry._meta.db_table} entry, unnest(entry.words, entry.folded) AS counted(word, folded)"
    " WHERE entry.language = %s GROUP BY counted.word"
)
# More words than this of a similar length are not compared; the commonest are.
MOST_COMPARED = 20_000


def mark_stale(languages: Iterable[str]) -> None:
    """Note that the words of these languages have to be counted again."""
    for language in sorted(set(languages)):
        SearchWords.objects.update_or_create(language=language, defaults={"stale": True})


def count_words() -> list[str]:
    """Count the words of every language that changed; return these languages."""
    stale = list(SearchWords.objects.filter(stale=True).values_list("language", flat=True))
    for language in stale:
        with transaction.atomic(), connection.cursor() as cursor:
            SearchWords.objects.filter(language=language).update(stale=False)
            SearchWord.objects.filter(language=language).delete()
            cursor.execute(COUNT, [language, language])
    return stale


def allowed_distance(length: int) -> int:
    """How many letters of a word may be wrong, missing or swapped."""
    if length < 4:
        return 0
    return 1 if length < 6 else 2 if length < 10 else 3


def nearest(words: Iterable[str], language: str) -> dict[str, str]:
    """For each word the site's own word that is nearest to it, where one is near. One query for all of them."""
    asked = {word: fold(native(word, language)) for word in words}
    lengths: set[int] = set()
    for folded in asked.values():
        reach = allowed_distance(len(folded))
        if reach:
            lengths |= set(range(len(folded) - reach, len(folded) + reach + 1))
    if not lengths:
        return {}
    rows = SearchWord.objects.filter(language=language, length__in=sorted(lengths)).order_by("-pages", "word")
    known = list(rows.values_list("folded", "word", "pages")[:MOST_COMPARED])
    choices = [folded for folded, _word, _pages in known]
    found = {word: _nearest(folded, choices, known) for word, folded in asked.items()}
    return {word: _in_script_of(word, better) for word, better in found.items() if better}


def _nearest(folded: str, choices: list[str], known: list[tuple[str, str, int]]) -> str:
    reach = allowed_distance(len(folded))
    if not reach:
        return ""
    near = process.extract(folded, choices, scorer=OSA.distance, score_cutoff=reach, limit=20)
    # The fewest wrong letters, then the same first letter, then the commonest.
    ranked = sorted(near, key=lambda hit: (hit[1], hit[0][0] != folded[0], -known[hit[2]][2]))
    return next((known[index][1] for choice, _distance, index in ranked if choice != folded), "")


def _in_script_of(word: str, better: str) -> str:
    """Words of two-script languages are kept in Latin letters; a Cyrillic word is answered in Cyrillic."""
    return to_cyrillic(better) if CYRILLIC.search(word) and not CYRILLIC.search(better) else better


DIGRAPHS = {"lj": "љ", "nj": "њ", "dž": "џ"}
TO_CYRILLIC = str.maketrans(dict(zip("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш", strict=True)))


def to_cyrillic(word: str) -> str:
    """A Serbian word in Cyrillic letters."""
    for latin, letter in DIGRAPHS.items():
        word = word.replace(latin, letter)
    return word.translate(TO_CYRILLIC)
