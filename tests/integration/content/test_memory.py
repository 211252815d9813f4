"""What is remembered is forgotten with the change that makes it wrong, and only then."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from content import memory
from content.memory import Memory, remember
from content.pages import NewsPage, StandardPage
from content.records import Country
from content.stamps import tables
from tests.factories import make_image
from tests.pages import make_home, make_news, translated

pytestmark = pytest.mark.django_db


def stamp() -> str:
    return memory.stamp(RequestFactory().get("/"))


def test_every_change_of_content_renews_the_stamp() -> None:
    news = make_news()
    seen = [stamp()]
    news.title = "Another title"
    news.save()
    seen.append(stamp())
    country = Country.objects.create(code="XK")
    seen.append(stamp())
    Country.objects.filter(pk=country.pk).update(eu_member=True)
    seen.append(stamp())
    country.delete()
    seen.append(stamp())
    make_image()
    seen.append(stamp())
    assert len(set(seen)) == len(seen)
    assert stamp() == seen[-1]


def test_every_table_of_content_has_the_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'content_changed'")
        assert {name for (name,) in cursor.fetchall()} == set(tables())


def test_a_draft_renews_nothing_and_its_publication_does() -> None:
    news = make_news()
    before = stamp()
    news.title = "A draft"
    revision = news.save_revision()
    assert stamp() == before
    revision.publish()
    assert stamp() != before


def test_a_remembered_page_shows_what_was_changed_elsewhere() -> None:
    news = make_news(title="First title")
    about = news.get_parent().get_parent().add_child(instance=StandardPage(title="About", slug="about", in_footer=True))
    client = Client()
    for _round in range(2):
        assert "First title" in client.get(news.url).content.decode()
    NewsPage.objects.filter(pk=news.pk).update(title="Second title")
    html = client.get(news.url).content.decode()
    assert "Second title" in html
    assert ">About</a>" in html
    about.unpublish()
    assert ">About</a>" not in client.get(news.url).content.decode()


def test_each_language_remembers_its_own() -> None:
    make_news(make_home())
    page = NewsPage.objects.get()
    greek = translated(page, "el", title="Ένας δρόμος έκλεισε")
    client = Client()
    for _round in range(2):
        assert '<html lang="el">' in client.get(greek.url).content.decode()
        assert '<html lang="en">' in client.get(page.url).content.decode()


def test_a_list_with_a_query_is_read_anew() -> None:
    news = make_home()
    for number in range(21):
        make_news(news, title=f"Number {number}")
    client = Client()
    first, second = (client.get(news.url + query).content.decode() for query in ("", "?page=2"))
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    assert client.get(news.url).content.decode() == first


def test_a_preview_remembers_nothing() -> None:
    request: Any = RequestFactory().get("/")
    request.is_preview = True
    answers = iter([1, 2])
    assert [remember(request, "key", lambda: next(answers)) for _round in range(2)] == [1, 2]


def test_a_memory_keeps_no_more_than_it_may() -> None:
    small = Memory(most=2)
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    for key in range(5):
        small.get("stamp", key, make)
    assert [small.get("stamp", key, make) for key in (3, 4, 0)] == [3, 4, 5]
    assert len(made) == 6
