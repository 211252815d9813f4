from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_publisher.messages.avoided_terms import AvoidedTerm, avoided_terms, parse
from social_publisher.messages.language_checks import all_caps, emoji_runs, hashtags_in_camel_case
from social_publisher.messages.similarity import NEARLY_THE_SAME, alike

ANY_TEXT = st.text(max_size=200)
NAMES = ["Fight Against Illegal Trade (FAIT)", "PMI IMPACT", "ATHENA 2"]


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("Stop the smuggling. #stopsmuggling", "#StopSmuggling"),
        ("Stop the smuggling. #Stopsmuggling", "#StopSmuggling"),
        ("Stop the smuggling. #STOPSMUGGLING", "#StopSmuggling"),
        ("Стоп на контрабандата. #стопконтрабандата", "#СтопКонтрабандата"),
        ("Όχι στο λαθρεμπόριο. #όχιλαθρεμπόριο", "#ΌχιΛαθρεμπόριο"),
        ("#WHOPAYS", "#WhoPays"),
        ("#whopays", "#WhoPays"),
        ("Smuggling kills. #SMUGGLING", "#Smuggling"),
        ("Stop it: the smuggling. #stopsmuggling2026", "#StopSmuggling2026"),
    ],
)
def test_a_hashtag_of_known_words_is_spelt_anew(text: str, fix: str) -> None:
    (found,) = hashtags_in_camel_case(text, known=["#WhoPays"])
    assert found.fix == f"Write {fix}."


def test_a_turkish_i_gets_its_dot() -> None:
    (found,) = hashtags_in_camel_case("Bu yasa dışı işler. #yasadışıişler", language="tr")
    assert found.fix == "Write #YasaDışıİşler."


@pytest.mark.parametrize("tag", ["#stopsmugglingnow", "#STOPPED", "#заедносрещуконтрабандата", "#ΛΑΘΡΕΜΠΟΡΙΟ"])
def test_a_hashtag_of_unknown_words_is_shown_how(tag: str) -> None:
    (found,) = hashtags_in_camel_case(f"Look {tag}.")
    assert tag in found.reason
    assert "#LikeThis" in found.fix


@pytest.mark.parametrize(
    "text",
    [
        "#StopSmuggling #WhoPays #SELEC #EUROPOL #FAIT #smuggling #Trafficking #kontrabanda #контрабанда",
        "#stop_smuggling", "#EUFunds", "#2026", "#G20", "№ 1 #1", "https://example.org/#stopsmugglingnow",
        "Cybersecurity: #cybersecurity", "Internationalisation #Internationalisation", "A&#8217;s",
    ],
)  # fmt: skip
def test_these_hashtags_are_fine(text: str) -> None:
    assert hashtags_in_camel_case(text, known=["#WhoPays"], names=NAMES) == []


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("STOP THE CAR now", "STOP THE CAR"),
        ("This is IMPORTANT", "IMPORTANT"),
        ("Това е ВАЖНО ЗА ВСИЧКИ!", "ВАЖНО ЗА ВСИЧКИ"),
        ("ΠΡΟΣΟΧΗ: μην αγοράζετε", "ΠΡΟΣΟΧΗ"),
        ("STOP! THINK! REPORT!", "STOP THINK REPORT"),
        ("KAÇAKÇILIK suçtur", "KAÇAKÇILIK"),
        ("SELEC WARNS YOU", "SELEC WARNS YOU"),
    ],
)
def test_capitals_are_found(text: str, shouted: str) -> None:
    (found,) = all_caps(text)
    assert f"“{shouted}”" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "SELEC, EUROPOL and INTERPOL", "SELEC EUROPOL INTERPOL", "BKA, NCA, FBI", "PMI IMPACT", "FAIT and ATHENA 2",
        "A B C", "EU and UN", "EUROPOL-ul", "SELEC'in", "#STOPSMUGGLING", "https://EXAMPLE.ORG/A/B/C WWW.EXAMPLE.ORG",
        "@SOMEBODY", "OFFICE@EXAMPLE.ORG", "Seized: 3 AK-47, 20 kg", "",
    ],
)  # fmt: skip
def test_acronyms_and_names_are_no_capitals(text: str) -> None:
    assert all_caps(text, NAMES) == []


@pytest.mark.parametrize(
    "text",
    ["Look 🚨🚨🚨", "🚨 🚔 🛑 stop", "🇷🇴🇧🇬🇬🇷", "👮🏽‍♀️👮🏽‍♀️👨‍👩‍👧‍👦", "1️⃣2️⃣3️⃣", "❤️❤❤️", "✅\n✅\n✅"],
)
def test_three_emoji_in_a_row_are_found(text: str) -> None:
    (found,) = emoji_runs(text)
    assert "aloud" in found.reason


@pytest.mark.parametrize(
    "text", ["🚨🚨", "🚨 one 🚨 two 🚨", "👨‍👩‍👧‍👦", "🇷🇴🇧🇬", "123", "***", "© ® ™", "a #1 *2 3", "🚨🚨.🚨"]
)
def test_fewer_or_scattered_emoji_are_fine(text: str) -> None:
    assert emoji_runs(text) == []


LINES = "illegal immigrant: irregular migrant\n\nmule\nfată: femeie\nΛαθρομετανάστης: άνθρωπος χωρίς έγγραφα\nISIK: x"


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("An ILLEGAL  immigrant.", "irregular migrant"),
        ("illegal\nimmigrant", "irregular migrant"),
        ("O fată.", "femeie"),
        ("ΛΑΘΡΟΜΕΤΑΝΆΣΤΗΣ", "άνθρωπος χωρίς έγγραφα"),
        ("Fata\u0306", "femeie"),
    ],
)
def test_an_avoided_term_is_found_in_any_case(text: str, instead: str) -> None:
    (found,) = avoided_terms(text, LINES)
    assert found.fix == f"Say “{instead}”."


@pytest.mark.parametrize(
    "text", ["illegal immigrants", "The mules", "fata", "https://example.org/mule", "amulet", "illegal, immigrant"]
)
def test_only_the_very_word_is_found(text: str) -> None:
    assert avoided_terms(text, LINES) == []


def test_turkish_has_two_letters_i() -> None:
    assert avoided_terms("ışık ışık isik ısık", "ISIK: x", "tr")[0].fix == "Say “x”."
    assert avoided_terms("isik", "ISIK: x", "tr") == []


def test_a_term_without_a_replacement_asks_for_another_word() -> None:
    assert avoided_terms("A mule.", LINES)[0].fix == "Find another word."


@pytest.mark.parametrize(
    ("term", "other"),
    [
        ("a.b(", "axb("),
        ("[x", "x"),
        ("x]", "x"),
        ("(?i)x", "x"),
        ("x*", "xx"),
        ("x+y", "xxy"),
        ("x|y", "x"),
        ("x?", "x"),
        ("^x", "x"),
        ("x$", "x"),
        ("x{2}", "xx"),
        (r"\d1", "21"),
        (r"x\b", "x"),
        (r"\p{L}", "x"),
        ("(?>x)", "x"),
        ("x#y", "x"),
    ],
)
def test_a_term_is_taken_by_its_letters_and_is_no_pattern(term: str, other: str) -> None:
    assert avoided_terms(f"So {term} it is.", term)
    assert avoided_terms(f"So {other} it is.", term) == []


@pytest.mark.parametrize("term", ["*", "[", "(?)", ".", "\\", "()", "a\n["])
def test_a_term_without_a_letter_is_refused_and_never_a_pattern(term: str) -> None:
    with pytest.raises(ValueError):
        avoided_terms("Anything.", term)


@given(st.text(alphabet=r"ab1.*+?()[]{}|^$\#&~-<>=!:' ", min_size=1, max_size=20), ANY_TEXT)
def test_no_term_breaks_the_check(term: str, text: str) -> None:
    if any(map(str.isalnum, term.partition(":")[0])):
        avoided_terms(text, term)


def test_lines_are_read_and_one_without_a_term_is_named() -> None:
    assert parse(" a : b \n\nc") == (AvoidedTerm("a", "b"), AvoidedTerm("c"))
    with pytest.raises(ValueError, match=": b"):
        parse("a\n: b")


def test_the_same_words_are_alike_whatever_stands_around_them() -> None:
    one = "Cheap cigarettes fund organised crime. Ask where they come from! https://a.example/go/1 #WhoPays"
    other = "CHEAP cigarettes fund organised crime; ask where they come from 🚬 @selec http://b.example/go/2"
    assert alike(one, other) == 1.0


def test_one_changed_word_in_ten_is_nearly_the_same() -> None:
    one = "Cheap cigarettes fund organised crime so ask where they come from"
    assert alike(one, one.replace("Cheap", "Illicit")) >= NEARLY_THE_SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Follow us now", "Follow us there"),
        ("", ""),
        ("https://a.example", "#WhoPays"),
        ("Cheap cigarettes fund organised crime.", "Come and see our exhibition in the museum of Tirana."),
    ],
)
def test_other_or_few_words_are_not_alike(one: str, other: str) -> None:
    assert alike(one, other) < NEARLY_THE_SAME


@given(ANY_TEXT, ANY_TEXT)
def test_no_text_breaks_a_check(text: str, other: str) -> None:
    hashtags_in_camel_case(text, [other], [other])
    all_caps(text, [other])
    emoji_runs(text)
    assert 0 <= alike(text, other) <= 1


@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,9}", fullmatch=True), min_size=2, max_size=5))
def test_a_proposed_hashtag_is_never_found_again(words: list[str]) -> None:
    text = " ".join(words)
    for found in hashtags_in_camel_case(f"{text} #{''.join(words).lower()}"):
        better = found.fix.removeprefix("Write ").removesuffix(".")
        if "LikeThis" not in better:
            assert hashtags_in_camel_case(f"{text} {better}") == []
