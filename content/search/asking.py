"""What a reader typed, understood: words, "exact phrases" and -words to leave out. Pure text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import regex

from content.search.folding import LONGEST_WORD, tidy, tokens
from content.search.lexemes import Lexemes

LONGEST_QUERY = 100
MOST_WORDS = 12
PART = regex.compile(r'(?<!\S)(?P<minus>-)?(?:["„“”«»](?P<phrase>[^"„“”«»]+)["„“”«»]|(?P<word>\S+))')


@dataclass(frozen=True)
class Term:
    """One word, or several that stand together."""

    words: tuple[str, ...]
    unwanted: bool = False


@dataclass(frozen=True)
class Asked:
    """A query: as typed, and its terms."""

    text: str
    terms: tuple[Term, ...]

    @property
    def words(self) -> list[str]:
        """Every word of it, once."""
        return list(dict.fromkeys(chain.from_iterable(term.words for term in self.terms)))

    @property
    def wanted(self) -> list[Term]:
        """The terms a page should have."""
        return [term for term in self.terms if not term.unwanted]

    def replacing(self, better: dict[str, str]) -> str:
        """The text as typed, with some words replaced."""
        pieces, end = [], 0
        for token in tokens(self.text):
            pieces += [self.text[end : token.start], better.get(token.word, token.word)]
            end = token.end
        return "".join([*pieces, self.text[end:]])


def understand(typed: str) -> Asked:
    """Read what was typed. Whatever cannot be understood is a word; more than a dozen words are not looked at."""
    text = tidy(typed)[:LONGEST_QUERY].strip()
    terms: list[Term] = []
    for part in PART.finditer(text):
        found = tuple(token.word for token in tokens(part["phrase"] or part["word"]) if len(token.word) <= LONGEST_WORD)
        unwanted = bool(part["minus"])
        if not found:
            continue
        if part["phrase"] or unwanted:
            terms.append(Term(found, unwanted))
        else:
            terms += [Term((word,)) for word in found]
    return Asked(text, tuple(_not_too_many(terms)))


def _not_too_many(terms: list[Term]) -> list[Term]:
    kept, words = [], 0
    for term in terms:
        words += len(term.words)
        if words > MOST_WORDS:
            break
        kept.append(term)
    return kept


def tsquery(asked: Asked, lexemes: Lexemes, *, any_word: bool = False) -> str:
    """The query in PostgreSQL's notation; empty when no word of it says anything. Lexemes are letters and digits."""
    wanted = list(filter(None, (_condition(term, lexemes) for term in asked.wanted)))
    unwanted = list(filter(None, (_condition(term, lexemes) for term in asked.terms if term.unwanted)))
    if not wanted:
        return ""
    together = (" | " if any_word else " & ").join(wanted)
    return " & ".join([f"({together})", *(f"!({term})" for term in unwanted)])


def each_word(asked: Asked, lexemes: Lexemes) -> dict[str, str]:
    """A query for every word that is asked for by itself, to see which ones the site knows."""
    words = chain.from_iterable(term.words for term in asked.wanted)
    return {word: found for word in words if (found := _alternatives(lexemes.get(word, ())))}


def _condition(term: Term, lexemes: Lexemes) -> str:
    found, distance = "", 0
    for word in term.words:
        distance += 1
        if alternatives := _alternatives(lexemes.get(word, ())):
            found = f"{found} <{distance}> ({alternatives})" if found else f"({alternatives})"
            distance = 0
    return f"({found})" if found else ""


def _alternatives(lexemes: tuple[str, ...]) -> str:
    return " | ".join(f"'{lexeme}'" for lexeme in lexemes)
