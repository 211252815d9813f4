from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_publisher.messages.counting import measure
from social_publisher.messages.rules import BLUESKY, FACEBOOK, MASTODON, RULES, X


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
