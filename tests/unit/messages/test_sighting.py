from __future__ import annotations

import pytest

from social_publisher.messages.sighting import Answer, why_not_seen

URL = "https://example.org/news/route/"
PAGE = f'<html><head><link rel="canonical" href="{URL}"></head><body>…</body></html>'


def test_the_page_itself_is_seen() -> None:
    assert why_not_seen(Answer(200, "text/html; charset=utf-8", PAGE), URL) == ""


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (Answer(404, "text/html", PAGE), "404"),
        (Answer(503, "text/html", ""), "503"),
        (Answer(302, "text/html", PAGE), "leads to another"),
        (Answer(200, "application/json", PAGE), "no web page"),
        (Answer(200, "text/html", "<p>Maintenance</p>"), "Another page"),
        (Answer(200, "text/html", PAGE.replace("route", "other")), "Another page"),
        (Answer(200, "text/html", f'<a rel="canonical" href="{URL}">'), "Another page"),
    ],
)
def test_anything_else_is_not(answer: Answer, word: str) -> None:
    assert word in why_not_seen(answer, URL)
