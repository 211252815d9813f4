from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_publisher.messages.html import text_to_html


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
