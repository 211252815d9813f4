"""News: who writes, what it is about, what belongs together, and how readers find it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale

from content.pages import Byline, NewsIndexPage, NewsPage, RelatedNews
from content.records import Author, Project, Series, SeriesName, Topic, TopicName
from tests.pages import make_home, make_news, translated
from tests.support.queries import queries

pytestmark = pytest.mark.django_db
INDEX = "/news/"


@pytest.fixture
def index() -> NewsIndexPage:
    return make_home()


@pytest.fixture
def smuggling() -> Topic:
    topic = Topic(name="Smuggling", slug="smuggling", about="Illegal trade.")
    topic.names = [TopicName(language="ro", text="Contrabandă")]
    topic.save()
    return topic


def html(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def titles(path: str) -> list[str]:
    """The titles of the listed news, in order."""
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', html(path))


def test_authors_and_topics_stand_on_the_page_and_lead_to_their_news(index: NewsIndexPage, smuggling: Topic) -> None:
    office = Author.objects.create(name="The office", slug="the-office", role="Press office", about="It answers.")
    page = make_news(index, title="Signed", bylines=[Byline(author=office)], topics=[smuggling])
    other = make_news(index, title="Unsigned")
    shown = html(page.url)
    assert 'href="/news/authors/the-office/">The office</a>' in shown
    assert "Press office" in shown
    assert 'href="/news/topics/smuggling/">Smuggling</a>' in shown
    assert titles("/news/authors/the-office/") == titles("/news/topics/smuggling/") == ["Signed"]
    assert "Illegal trade." in html("/news/topics/smuggling/")
    assert "<dt>Author" not in html(other.url)
    assert Client().get("/news/topics/nothing/").status_code == 404


def test_a_topic_is_named_in_the_reader_s_language(index: NewsIndexPage, smuggling: Topic) -> None:
    copy = translated(make_news(index, topics=[smuggling]), "ro", topics=[smuggling])
    assert "Contrabandă" in html(copy.url)
    assert "Contrabandă" in html("/ro/news/topics/smuggling/")
    assert Client().get("/ro/news/topics/smuggling/").status_code == 200


def test_an_address_below_a_list_leads_to_the_list_where_the_language_is_missing(index: NewsIndexPage) -> None:
    Topic.objects.create(name="One", slug="one")
    Locale.objects.get_or_create(language_code="tr")
    response = Client().get("/tr/news/topics/one/")
    assert (response.status_code, response["Location"].endswith("/news/")) == (302, True)


def test_the_day_of_a_change_is_shown_once_there_is_one(index: NewsIndexPage) -> None:
    page = make_news(index, date=date(2026, 1, 2))
    assert page.updated_at is None
    assert "Updated" not in html(page.url)
    page.update_note = "A number was wrong."
    page.save_revision().publish()
    page = NewsPage.objects.get(pk=page.pk)
    assert page.updated_at == page.last_published_at
    assert "Updated" in html(page.url)
    assert "A number was wrong." in html(page.url)


@pytest.fixture
def parts(index: NewsIndexPage) -> list[NewsPage]:
    series = Series(name="Four routes", slug="four-routes", parts=4)
    series.names = [SeriesName(language="ro", text="Patru rute")]
    series.save()
    return [make_news(index, title=f"Route {number}", series=series, series_part=number) for number in (3, 1, 2)]


def test_a_part_says_its_place_and_leads_to_its_neighbours(parts: list[NewsPage]) -> None:
    third, first, second = parts
    shown = html(second.url)
    assert "Four routes" in shown
    assert "Part 2 of 4" in shown
    assert f'href="{first.url}" rel="prev"' in shown
    assert f'href="{third.url}" rel="next"' in shown
    assert "Next part" not in html(third.url)


def test_what_is_not_published_is_no_neighbour(parts: list[NewsPage]) -> None:
    third, first, second = parts
    second.unpublish()
    assert f'href="{third.url}" rel="next"' in html(first.url)


def test_two_pages_are_not_the_same_part(parts: list[NewsPage]) -> None:
    double = NewsPage(title="Again", series=parts[0].series, series_part=3, locale=parts[0].locale, slug="again")
    with pytest.raises(ValidationError, match="Another page is this part"):
        double.clean()
    double.series_part = None
    with pytest.raises(ValidationError, match="Say which part"):
        double.clean()


def test_a_part_is_one_of_its_series(parts: list[NewsPage], index: NewsIndexPage) -> None:
    series = parts[0].series
    series.parts = 2
    with pytest.raises(ValidationError, match="A page is part 3 of it"):
        series.clean()
    Series.objects.update(parts=2)
    page = NewsPage.objects.get(pk=parts[0].pk)
    assert "number of its parts is 2" in str(page.beyond_its_series())
    page.save_revision().publish()
    assert NewsPage.objects.get(pk=page.pk).live, "it is said in the editor, and keeps no page from its time"


def related(page: NewsPage) -> list[str]:
    shown = html(page.url)
    return titles_in(shown[shown.index("related-title") :]) if "related-title" in shown else []


def titles_in(shown: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', shown)


def test_related_news_are_chosen_first_then_of_the_same_topics_and_project(
    index: NewsIndexPage, smuggling: Topic
) -> None:
    project = Project.objects.create(name="A project")
    today = date(2026, 6, 1)
    make_news(index, title="Far", date=today)
    chosen = make_news(index, title="Chosen", date=today - timedelta(days=900))
    make_news(index, title="Same project", project=project, date=today)
    make_news(index, title="Same topic", topics=[smuggling], date=today - timedelta(days=9))
    make_news(index, title="Same topic, newer", topics=[smuggling], date=today)
    page = make_news(
        index, title="Own", topics=[smuggling], project=project, related_news=[RelatedNews(related=chosen)]
    )
    assert related(page) == ["Chosen", "Same topic, newer", "Same topic"]
    assert related(chosen) == []


def test_a_chosen_page_is_shown_in_the_reader_s_language(index: NewsIndexPage) -> None:
    chosen = make_news(index, title="Chosen")
    page = make_news(index, related_news=[RelatedNews(related=chosen)])
    copy: Any = translated(page, "ro", title="Știre")
    copy.related_news = [RelatedNews(related=chosen)]
    copy.save_revision().publish()
    assert related(copy) == []
    translated(chosen, "ro", title="Aleasă")
    assert related(copy) == ["Aleasă"]


def test_a_preview_shows_what_is_in_the_form(index: NewsIndexPage, smuggling: Topic) -> None:
    author = Author.objects.create(name="An office", slug="an-office")
    other = make_news(index, title="Chosen")
    page: Any = make_news(index)
    page.bylines, page.topics = [Byline(author=author)], [smuggling]
    page.related_news = [RelatedNews(related=other)]
    shown = page.make_preview_request().render().content.decode()
    for text in ("An office", "Smuggling", "Chosen"):
        assert text in shown
    assert "An office" not in html(page.url)


def test_the_list_is_narrowed_by_topic_project_and_year(index: NewsIndexPage, smuggling: Topic) -> None:
    project, other = Project.objects.create(name="A project"), Project.objects.create(name="B project")
    make_news(index, title="Old", project=project, topics=[smuggling], date=date(2024, 3, 1))
    make_news(index, title="New", project=project, date=date(2026, 3, 1))
    make_news(index, title="Other", project=other, topics=[smuggling], date=date(2026, 2, 1))
    assert titles(INDEX) == ["New", "Other", "Old"]
    assert titles(f"{INDEX}?topic=smuggling") == ["Other", "Old"]
    assert titles(f"{INDEX}?project={project.pk}&year=2024") == ["Old"]
    assert titles(f"{INDEX}?project={other.pk}&year=2024") == []
    assert "No news matches" in html(f"{INDEX}?project={other.pk}&year=2024")
    for wrong in ("?year=abc", "?project=0", "?topic=%00", "?page=x"):
        assert titles(INDEX + wrong) == ["New", "Other", "Old"]


def test_pages_of_a_narrowed_list_keep_the_filters(index: NewsIndexPage) -> None:
    for number in range(3):
        make_news(index, title=f"News {number}", date=date(2026, 1, 1 + number))
    make_news(index, title="Older", date=date(2025, 1, 1))
    NewsIndexPage.page_size, kept = 2, NewsIndexPage.page_size
    try:
        shown = html(f"{INDEX}?year=2026")
        assert "?year=2026&amp;page=2" in shown
        assert titles(f"{INDEX}?year=2026&page=2") == ["News 0"]
    finally:
        NewsIndexPage.page_size = kept


def test_news_and_their_list_take_the_same_queries_as_they_grow(index: NewsIndexPage, smuggling: Topic) -> None:
    author = Author.objects.create(name="An office", slug="an-office")
    project = Project.objects.create(name="A project")
    series = Series.objects.create(name="Series", slug="series")

    def grow(part: int) -> Any:
        return make_news(
            index, project=project, topics=[smuggling], bylines=[Byline(author=author)], series=series, series_part=part
        )

    page = grow(1)
    before = queries(INDEX), queries(page.url)
    for part in (2, 3, 4):
        grow(part)
    assert (queries(INDEX), queries(page.url)) == before
    assert max(before) <= 14
