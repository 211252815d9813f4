"""Passages of another language say so, and nothing else of the page changes."""

from __future__ import annotations

import pytest

from content.pages.passages import mark_passages, plain

PAGE = """<!doctype html>
<html lang="ro"><head><title>A route is closed</title></head><body><header>A route is closed</header>
<main><svg viewBox="0 0 8 8"><clipPath id="a"/></svg><h1>{title}</h1>
  <p class="lead">Trei state.</p><div><p>{text}</p></div><img alt="{alt}" src="/a.jpg"></main></body></html>"""


def page(title: str = "O rută este închisă", text: str = "Text.", alt: str = "Un drum") -> str:
    return PAGE.format(title=title, text=text, alt=alt)


@pytest.mark.parametrize(
    ("html", "texts", "marked"),
    [
        (page(title="A route is closed"), ["A route is closed"], '<h1 lang="en">A route is closed</h1>'),
        (page(text="Ask <b>first</b>\n before."), ["Ask first before."], '<div lang="en"><p>Ask'),
        (page(alt="A road"), ["A road"], '<img lang="en" alt="A road"'),
        (page(text="Ask &amp; wait."), [plain("Ask &amp; wait.")], '<div lang="en"><p>Ask'),
    ],
)
def test_what_says_exactly_an_untranslated_text_is_marked_once(html: str, texts: list[str], marked: str) -> None:
    shown = mark_passages(html, texts, "en")
    assert marked in shown
    assert shown.replace(' lang="en"', "") == html
    assert shown.count(' lang="en"') == 1


@pytest.mark.parametrize("texts", [[], [""], ["A text that stands nowhere."], ["Trei"]])
def test_a_page_without_such_passages_stays_as_it_is(texts: list[str]) -> None:
    assert mark_passages(page(), texts, "en") == page()


def test_what_says_its_language_already_keeps_it() -> None:
    html = page(text='<q lang="fr">Demandez.</q>')
    assert mark_passages(html, ["Demandez."], "en").count('lang="fr"') == 1
