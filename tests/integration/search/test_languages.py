"""Words as readers inflect and type them find the page, in each language of the site."""

from __future__ import annotations

import pytest

from tests.integration.search.conftest import Ask, Write, titles

pytestmark = pytest.mark.django_db

# Language, what the page says, and what readers type: other cases, numbers and articles, without accents, in the other
# script.
WRITTEN = [
    (
        "el",
        "Εκστρατεία κατά του λαθρεμπορίου τσιγάρων στα σύνορα",
        ["λαθρεμπόριο", "λαθρεμποριο", "ΛΑΘΡΕΜΠΟΡΙΟ", "εκστρατείες", "τσιγάρο", "συνόρων"],
    ),
    (
        "sr",
        "Заједно против кријумчарења људи и оружја на граници",
        ["кријумчарење", "krijumčarenje", "krijumcarenju", "кријумчарењем", "oružjem", "granice", "GRANICA"],
    ),
    ("sr", "Krijumčarenje đubriva preko granica", ["кријумчарења", "ђубриво", "djubrivo", "границе"]),
    ("hr", "Krijumčarenje droge i oružja", ["krijumčarenja", "krijumcarenju", "oružje", "droga"]),
    ("bs", "Carina i policija protiv krijumčarenja", ["krijumčarenje", "policije", "carine"]),
    (
        "ro",
        "Campanie împotriva contrabandei cu țigări la frontieră",
        ["contrabandă", "contrabanda", "tigari", "țigărilor", "ţigări", "frontiere", "frontierelor", "campanii"],
    ),
    (
        "hu",
        "Közös fellépés a csempészet ellen a határon",
        ["csempészetet", "csempeszet", "csempészek", "határok", "hatarokon", "KÖZÖS"],
    ),
    (
        "tr",
        "Kaçakçılığa karşı sınırda ortak operasyonlar",
        ["kaçakçılık", "kacakcilik", "KAÇAKÇILIK", "sınır", "sinir", "sınırlar", "operasyon"],
    ),
    (
        "bg",
        "Кампанията срещу контрабандата на цигари по границите",
        ["контрабанда", "кампания", "кампании", "цигарите", "граница", "границата"],
    ),
    (
        "mk",
        "Кампања против криумчарењето на границата",
        ["криумчарење", "кампањата", "граница", "границите"],
    ),
    ("sq", "Fushata kundër kontrabandës në kufi", ["kontrabanda", "kontrabandë", "fushatë", "fushatës", "kunder"]),
    ("en", "Smugglers were stopped at the border", ["smuggler", "stop", "borders", "BORDER"]),
]


@pytest.mark.parametrize(("language", "title", "typed"), WRITTEN, ids=[f"{row[0]}-{row[2][0]}" for row in WRITTEN])
def test_words_are_found_as_they_are_inflected_and_typed(
    write: Write, ask: Ask, language: str, title: str, typed: list[str]
) -> None:
    write(language, title)
    missed = [words for words in typed if titles(ask(words, language)) != [title]]
    assert missed == []


def test_found_words_are_marked_as_the_page_writes_them(write: Write, ask: Ask) -> None:
    write("sr", "Заједно против кријумчарења", "О кријумчарењу цигарета.")
    (result,) = ask("krijumcarenje", "sr").results
    assert result.title == "Заједно против <mark>кријумчарења</mark>"
    assert result.passage == "О <mark>кријумчарењу</mark> цигарета."


@pytest.mark.parametrize(
    ("language", "title", "typed", "meant"),
    [
        ("en", "Smuggling of cigarettes", "smugling cigarettes", "smuggling cigarettes"),
        ("sr", "Кријумчарење цигарета", "кријумчараење", "кријумчарење"),
        ("sr", "Кријумчарење цигарета", "krijumčaraenje", "krijumčarenje"),
        ("ro", "Contrabandă la frontieră", "contranbada", "contrabandă"),
        ("el", "Λαθρεμπόριο στα σύνορα", "λαθρεπόριο", "λαθρεμπόριο"),
        ("tr", "Kaçakçılığa karşı", "kacakcilgia", "kaçakçılığa"),
    ],
)
def test_did_you_mean_speaks_the_sites_own_words(
    write: Write, ask: Ask, language: str, title: str, typed: str, meant: str
) -> None:
    write(language, title)
    answer = ask(typed, language)
    assert answer.suggestion.text == meant
    assert titles(ask(answer.suggestion.text, language)) == [title]
