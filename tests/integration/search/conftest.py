from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from content.pages import NewsPage
from content.search.index import index_waiting
from content.search.words import count_words
from tests.pages import make_home, make_news, translated

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


@pytest.fixture
def news() -> Any:
    """A list of news in English, under a home page."""
    return make_home()


Write = Callable[..., NewsPage]


@pytest.fixture
def write(news: Any) -> Write:
    """Publish a piece of news in a language and index it."""

    def publish(language: str, title: str, summary: str = "", **fields: Any) -> NewsPage:
        words = {"title": title, "summary": summary, **fields}
        page = make_news(news, **(words if language == "en" else {}))
        if language != "en":
            page, original = translated(page, language, **words), page
            original.unpublish()
        index_waiting()
        return page

    return publish


Ask = Callable[..., Any]


@pytest.fixture
def ask() -> Ask:
    """Search as a reader does; return the page's context, with the HTML as `html`."""

    def get(words: str, language: str = "en", **parameters: Any) -> Any:
        count_words()
        path = "/search/" if language == "en" else f"/{language}/search/"
        response = Client(headers={"user-agent": AGENT}).get(path, {"q": words, **parameters})
        assert response.status_code == 200
        assert not response.cookies
        response.context["answer"].html = response.content.decode()
        return response.context["answer"]

    return get


def titles(answer: Any) -> list[str]:
    """The titles found, without their marks."""
    return [str(result.title).replace("<mark>", "").replace("</mark>", "") for result in answer.results]
