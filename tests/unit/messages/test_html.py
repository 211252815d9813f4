from __future__ import annotations

import html as htmllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_publisher.messages.html import marked, text_to_html


def test_paragraphs_and_line_breaks_are_kept() -> None:
    assert text_to_html("one\ntwo\n\nthree") == "<p>one<br>two</p><p>three</p>"


def test_written_links_become_links_on_any_host() -> None:
    html = text_to_html("see http://127.0.0.1:8000/go/abc, and https://example.org/x?a=1&b=2.")
    assert '<a href="http://127.0.0.1:8000/go/abc" rel="nofollow">' in html
    assert '<a href="https://example.org/x?a=1&amp;b=2" rel="nofollow">' in html
    assert html.endswith(".</p>")


def test_a_bare_host_stays_text() -> None:
    assert "<a" not in text_to_html("write to example.org today")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><svg onload=alert(1)>',
        "javascript:alert(1)",
        "java\u200bscript:alert(1)",
        "https://example.org/\u200bjavascript:alert(1)",
        "<a href='javascript:alert(1)'>x</a>",
    ],
)
def test_markup_in_a_text_is_shown_and_never_obeyed(text: str) -> None:
    html = text_to_html(text)
    for dangerous in ("<script", "<img", "<svg", 'href="javascript', "<a href='"):
        assert dangerous not in html


@given(st.text(max_size=200))
def test_no_text_makes_another_tag(text: str) -> None:
    html = text_to_html(text)
    for part in html.split("<")[1:]:
        assert part.startswith(("p>", "/p>", "br>", 'a href="http', "/a>"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ask #StopSmuggling, now.", "Ask <b>#StopSmuggling</b>, now."),
        ("See https://selec.org/go/x#y. Ask", "See <b>https://selec.org/go/x#y</b>. Ask"),
        ("By @press@social.example.org and mail@selec.org", "By <b>@press@social.example.org</b> and mail@selec.org"),
        ("No. #1 of <b>", "No. #1 of &lt;b&gt;"),
    ],
)
def test_links_hashtags_and_mentions_stand_out(text: str, shown: str) -> None:
    assert marked(text) == shown


@given(st.text(max_size=200))
def test_standing_out_changes_no_word_and_makes_no_other_tag(text: str) -> None:
    assert htmllib.unescape(marked(text).replace("<b>", "").replace("</b>", "")) == text
