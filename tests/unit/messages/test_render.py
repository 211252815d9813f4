from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_publisher.messages.counting import measure
from social_publisher.messages.render import Attachment, Draft, render
from social_publisher.messages.rules import BLUESKY, FACEBOOK, MASTODON, RULES, X

LINK = "https://example.org/go/abcdefghij"


def picture(alt_text: str = "A border") -> Attachment:
    return Attachment("images/a.jpg", "image/jpeg", alt_text, "0" * 64, 10, 10)


def test_the_link_stands_at_the_end() -> None:
    assert render(Draft("Look.", LINK), MASTODON).text == f"Look.\n\n{LINK}"


def test_the_link_stands_where_the_editor_put_it() -> None:
    assert render(Draft("See {link} today.", LINK), MASTODON).text == f"See {LINK} today."


def test_without_a_link_the_mark_leaves_nothing_behind() -> None:
    assert render(Draft("See {link}"), MASTODON).text == "See"


def test_a_fitting_text_is_sendable() -> None:
    assert render(Draft("Look.", LINK, (picture(),)), X).sendable


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (Draft("  \n "), "empty"),
        (Draft("a" * 281), "too-long"),
        (Draft("a", attachments=(picture(),) * 5), "too-many-pictures"),
        (Draft("a", attachments=(picture(" "),)), "no-alt-text"),
        (Draft("a", attachments=(picture("x" * 1001),)), "alt-too-long"),
    ],
)
def test_what_x_would_refuse_is_said_before(draft: Draft, code: str) -> None:
    assert [problem.code for problem in render(draft, X).problems] == [code]


def test_bluesky_also_counts_bytes() -> None:
    family = "👨‍👩‍👧‍👦" * 200  # 200 graphemes, 5,000 bytes
    assert [problem.code for problem in render(Draft(family), BLUESKY).problems] == ["too-heavy"]


@given(text=st.text(max_size=600), name=st.sampled_from(sorted(RULES)), link=st.sampled_from(["", LINK]))
def test_what_is_counted_is_what_leaves(text: str, name: str, link: str) -> None:
    rules = RULES[name]
    rendered = render(Draft(text, link), rules)
    assert rendered.length == measure(rendered.text, rules)
    assert rendered.text == unicodedata.normalize("NFC", rendered.text.strip())
    if rendered.sendable:
        assert rendered.length <= rules.limit


def test_line_ends_of_any_browser_leave_as_one() -> None:
    assert render(Draft("one\r\n\r\ntwo\rthree"), FACEBOOK).text == "one\n\ntwo\nthree"
