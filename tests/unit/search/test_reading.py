"""The pure parts: folding, endings, what a reader typed, what is marked."""

from __future__ import annotations

import pytest

from content.search.asking import tsquery, understand
from content.search.filters import Address, chosen_filters
from content.search.folding import fold, native, tidy
from content.search.highlight import show
from content.search.languages import reading, without_ending
from content.search.tally import worth_counting
from content.search.vector import GAP, Wording
from content.search.words import allowed_distance, to_cyrillic


@pytest.mark.parametrize(
    ("word", "language", "small", "folded"),
    [
        ("Љубав", "sr", "ljubav", "ljubav"),
        ("Ђубриво", "sr", "đubrivo", "djubrivo"),
        ("KAÇAKÇILIK", "tr", "kaçakçılık", "kacakcilik"),
        ("İzmir", "tr", "izmir", "izmir"),
        ("Ținte", "ro", "ţinte", "tinte"),
        ("ΛΑΘΡΕΜΠΌΡΙΟ", "el", "λαθρεμπόριο", "λαθρεμποριο"),
        ("Полицай", "bg", "полицай", "полицай"),
        ("Ќерка", "mk", "ќерка", "ќерка"),
        ("Kufizuarë", "sq", "kufizuarë", "kufizuare"),
    ],
)
def test_a_word_in_small_letters_of_its_script_and_without_accents(
    word: str, language: str, small: str, folded: str
) -> None:
    assert (native(word, language), fold(native(word, language))) == (small, folded)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("bg", "контрабанда контрабандата контрабанди"),
        ("bg", "граница границата граници границите"),
        ("bg", "проект проекта проектът проекти проектите"),
        ("bg", "град градът градове"),
        ("bg", "престъпност престъпността"),
        ("mk", "граница границата граници границите"),
        ("mk", "оружје оружјето оружја"),
        ("mk", "престапност престапноста"),
        ("sq", "kontrabande kontrabanda kontrabandes kontrabanden"),
        ("sq", "shtet shteti shtetit shtetet"),
        ("sq", "arme arma"),
    ],
)
def test_forms_of_a_word_without_a_stemmer_come_to_one(language: str, forms: str) -> None:
    assert len({without_ending(form, reading(language)) for form in forms.split()}) == 1


def test_text_is_stored_composed_and_without_what_nobody_sees() -> None:
    assert tidy("contraband\u0103  cu\u00ad\u200b\n\x00 tigari\u0301") == "contrabandă cu tigarí"


def test_a_query_is_words_phrases_and_words_to_leave_out() -> None:
    asked = understand('border "stolen goods" -drugs cross-border')
    assert [(term.words, term.unwanted) for term in asked.terms] == [
        (("border",), False),
        (("stolen", "goods"), False),
        (("drugs",), True),
        (("cross",), False),
        (("border",), False),
    ]
    lexemes = {"border": ("border",), "stolen": ("stolen", "stole"), "goods": ("good",), "drugs": ("drug",)}
    assert tsquery(asked, {**lexemes, "cross": ()}) == (
        "((('border')) & (('stolen' | 'stole') <1> ('good')) & (('border'))) & !((('drug')))"
    )


@pytest.mark.parametrize("typed", ["", "   ", '"', "-", "&|!():*", "\x00'", "<>"])
def test_what_holds_no_word_asks_nothing(typed: str) -> None:
    assert understand(typed).terms == ()


def test_no_query_is_endless() -> None:
    assert len(understand("a b c d " * 1000).words) <= 12
    assert len(understand("x" * 5000).text) == 100


def test_only_wanted_words_make_a_search() -> None:
    assert tsquery(understand("-drugs"), {"drugs": ("drug",)}) == ""


def test_positions_and_weights_tell_the_fields_apart() -> None:
    wording = Wording("Smuggling stops", "Goods", "Smuggling again")
    lexemes = {word: (word.lower(),) for word in wording.words()}
    assert wording.vector(lexemes).split(" ")[0] == f"'smuggling':1A,{2 + GAP + 1 + GAP + 1}C"
    assert wording.vector(lexemes, "A") == "'smuggling':1A 'stops':2A"


def test_a_long_text_shows_the_passage_with_the_words_that_were_found() -> None:
    text = " ".join(["word"] * 200 + ["border", "guards"] + ["word"] * 200)
    start = 1 + GAP + GAP
    shown = show("Title", "", text, [start + 201, start + 202])
    assert "<mark>border</mark> <mark>guards</mark>" in shown.passage
    assert shown.passage.startswith("… word")
    assert shown.passage.endswith("word …")
    assert len(shown.passage.split()) < 45


def test_markup_in_a_text_is_shown_and_not_obeyed() -> None:
    shown = show("<b>Border</b> & <script>", '<img src=x onerror="go()"> border', "", [2, 5 + GAP + 5])
    assert shown.title == "&lt;b&gt;<mark>Border</mark>&lt;/b&gt; &amp; &lt;script&gt;"
    assert "<img" not in shown.passage


def test_an_address_keeps_the_search_and_changes_one_thing() -> None:
    address = Address("smuggling & co", {"kind": "news", "year": 2026})
    assert address.url(page=2) == "?q=smuggling+%26+co&type=news&year=2026&page=2"
    assert address.url({"kind": None, "project": 3}) == "?q=smuggling+%26+co&project=3&year=2026"


def test_filters_that_cannot_be_are_left_out() -> None:
    given = {"type": "admin", "project": "1 OR 1=1", "year": "99999999999999", "topic": "a\x00b"}
    assert chosen_filters(given) == {}
    given = {"type": "news", "project": "7", "year": "2026", "topic": "Firearms"}
    assert chosen_filters(given) == {"kind": "news", "project": 7, "year": 2026, "topic": "Firearms"}


def test_short_words_are_not_corrected() -> None:
    assert [allowed_distance(length) for length in (3, 4, 6, 12)] == [0, 1, 2, 3]


def test_a_suggestion_can_be_written_in_cyrillic() -> None:
    assert to_cyrillic("krijumčarenje ljudi džez") == "кријумчарење људи џез"


@pytest.mark.parametrize(
    ("typed", "agent", "counts"),
    [
        ("cigarettes", "Firefox", True),
        ("cigarettes", "Googlebot/2.1", False),
        ("cigarettes", "", False),
        ("someone@example.org", "Firefox", False),
        ("call 0721 555 010", "Firefox", False),
        ("ISFP-2018", "Firefox", True),
        ("one two three four five six seven eight nine", "Firefox", False),
    ],
)
def test_what_looks_personal_or_comes_from_a_machine_is_not_counted(typed: str, agent: str, counts: bool) -> None:
    assert worth_counting(understand(typed), agent) is counts
