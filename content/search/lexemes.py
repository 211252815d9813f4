"""From words to what is compared. Stems come from PostgreSQL's own dictionaries, so index and query always agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection

from content.search.folding import fold, native
from content.search.languages import READINGS, Reading, reading, trimmed, without_ending

Lexemes = dict[str, tuple[str, ...]]
ASK = (
    "SELECT asked.dictionary, asked.word, stem, ts_lexize(asked.dictionary::regdictionary, stem[1])"
    " FROM unnest(%s::text[], %s::text[]) AS asked(dictionary, word),"
    " LATERAL ts_lexize(asked.dictionary::regdictionary, asked.word) AS stem"
)


def lexemes_of(words: Mapping[str, Iterable[str]]) -> dict[str, Lexemes]:
    """For each language, each word's lexemes; none where the word says nothing. One query for all of them.

    A word has up to two: from its own spelling, and from the spelling of somebody without a key for its accents.
    """
    wanted = {language: {word: _spellings(word, language) for word in found} for language, found in words.items()}
    stems = _stems(
        {
            (how.dictionary, spelling)
            for language, found in wanted.items()
            if (how := reading(language)).dictionary
            for spellings in found.values()
            for spelling in spellings
        }
    )
    return {
        language: {word: _lexemes(spellings, reading(language), stems) for word, spellings in found.items()}
        for language, found in wanted.items()
    }


def _spellings(word: str, language: str) -> tuple[str, ...]:
    own = native(word, language)
    return tuple(dict.fromkeys((own, fold(own))))


def _lexemes(spellings: tuple[str, ...], how: Reading, stems: dict[tuple[str, str], list[str]]) -> tuple[str, ...]:
    if spellings[-1] in how.stop:
        return ()
    if not how.dictionary:
        return (without_ending(spellings[-1], how),)
    found = [stems[how.dictionary, spelling] for spelling in spellings]
    if not found[0]:  # the dictionary's own list of words that say nothing, in their right spelling
        return ()
    return tuple(dict.fromkeys(trimmed(fold(stem[0]), how) for stem in found if stem))


def _stems(asked: set[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    if not asked:
        return {}
    dictionaries, words = zip(*sorted(asked), strict=True)
    twice = {how.dictionary for how in READINGS.values() if how.passes > 1}
    with connection.cursor() as cursor:
        cursor.execute(ASK, [list(dictionaries), list(words)])
        return {
            (dictionary, word): (again or once) if dictionary in twice else once
            for dictionary, word, once, again in cursor.fetchall()
        }
