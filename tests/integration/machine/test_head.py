from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from content.pages import EventPage, NewsPage
from content.records import Topic

REQUIRED = {
    "Organization": {"name", "url", "logo"},
    "NewsArticle": {"headline", "image", "datePublished", "dateModified", "author", "publisher", "inLanguage"},
    "Event": {"name", "startDate", "location", "organizer"},
    "ResearchProject": {
        "name",
        "url",
        "description",
        "parentOrganization",
        "areaServed",
        "member",
        "funder",
        "funding",
    },
    "BreadcrumbList": {"itemListElement"},
    "WebSite": {"name", "url"},
    "CollectionPage": {"name", "url"},
    "WebPage": {"name", "url"},
}
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def graph(path: str) -> dict[str, Any]:
    (text,) = SCRIPT.findall(Client().get(path).content.decode())
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return {node["@type"]: node for node in data["@graph"]}


def metas(path: str) -> dict[str, str]:
    html = Client().get(path).content.decode()
    return {
        name: unescape(value)
        for name, value in re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html)
    }


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("/", {"Organization", "WebPage", "WebSite"}),
        ("/news/", {"Organization", "CollectionPage", "BreadcrumbList"}),
        ("/news/ecofit-five-instruments/", {"Organization", "NewsArticle", "BreadcrumbList"}),
        ("/projects/ecofit/", {"Organization", "ResearchProject", "BreadcrumbList"}),
        ("/campaigns/against-smuggling/", {"Organization", "WebPage", "BreadcrumbList"}),
    ],
)
def test_every_page_tells_what_it_is(path: str, kinds: set[str]) -> None:
    found = graph(path)
    assert set(found) == kinds
    for kind, node in found.items():
        assert REQUIRED[kind] <= {name for name, value in node.items() if value}, kind


def test_breadcrumbs_lead_from_home_to_the_page_by_full_addresses() -> None:
    items = graph("/projects/ecofit/")["BreadcrumbList"]["itemListElement"]
    assert [urlsplit(item["item"]).path for item in items] == ["/", "/projects/", "/projects/ecofit/"]
    assert all(urlsplit(item["item"]).scheme == "http" for item in items)
    assert [item["position"] for item in items] == [1, 2, 3]


def test_a_project_tells_funder_partners_and_countries() -> None:
    project = graph("/projects/ecofit/")["ResearchProject"]
    assert project["alternateName"][0] == "ECOFIT"
    assert project["funder"]["name"] == "European Union"
    assert {member["name"] for member in project["member"]} > {"Transcrime"} or len(project["member"]) > 1
    assert project["funding"]["name"] == "Internal Security Fund - Police"
    assert len(project["areaServed"]) >= 7
    assert "foundingDate" not in project


def test_an_event_is_told_when_its_day_and_place_are_known() -> None:
    path = "/events/ecofit-final-conference/"
    assert "Event" not in graph(path)
    page = EventPage.objects.get()
    page.starts_at, page.place = datetime(2026, 9, 1, 7, tzinfo=UTC), "Bucharest"
    page.save_revision().publish()
    event = graph(path)["Event"]
    assert REQUIRED["Event"] <= set(event)
    assert event["startDate"] == "2026-09-01T10:00+03:00"
    assert event["about"]["@id"].endswith("/projects/ecofit/#project")


def test_a_title_cannot_leave_the_script_or_an_attribute() -> None:
    page = NewsPage.objects.get(slug="ecofit-five-instruments")
    page.title = 'x</script><script>alert(1)</script>"><img src=x>'
    page.save_revision().publish()
    html = Client().get("/news/ecofit-five-instruments/").content.decode()
    assert "<script>alert" not in html
    assert "<img src=x>" not in html
    assert graph("/news/ecofit-five-instruments/")["NewsArticle"]["headline"] == page.title


def test_shared_links_have_a_card_in_the_pages_language(romanian_news: NewsPage) -> None:
    path = urlsplit(romanian_news.full_url).path
    found = metas(path)
    assert found["og:title"] == romanian_news.title
    assert found["og:locale"] == "ro_RO"
    assert found["og:locale:alternate"] == "en_GB"
    assert found["og:type"] == "article"
    assert found["og:image:width"] == "1200"
    assert romanian_news.title in found["og:image:alt"]
    assert found["twitter:card"] == "summary_large_image"
    assert found["article:published_time"]


def test_versions_name_each_other_with_a_default(romanian_news: NewsPage) -> None:
    html = Client().get(urlsplit(romanian_news.full_url).path).content.decode()
    found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html))
    assert set(found) == {"en", "ro", "x-default"}
    assert found["x-default"] == found["en"]
    assert f'<link rel="canonical" href="{romanian_news.full_url}">' in html


def test_a_later_page_of_a_list_is_a_page_of_its_own() -> None:
    from content.pages import NewsIndexPage

    index = NewsIndexPage.objects.get()
    for number in range(21):
        index.add_child(instance=NewsPage(title=f"News {number}"))
    canonical = re.compile(r'<link rel="canonical" href="([^"]+)"')
    assert canonical.findall(Client().get("/news/?page=2&topic=x").content.decode())[0].endswith("/news/?page=2")
    assert canonical.findall(Client().get("/news/?topic=x").content.decode())[0].endswith("/news/")


def test_what_is_no_page_names_none() -> None:
    html = Client().get("/no/such/page/").content.decode()
    assert "canonical" not in html
    assert "og:" not in html


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/campaigns/against-smuggling/posts/", "Posts of the campaign: Smuggling takes from all of us"),
        ("/campaigns/against-smuggling/press-kit/", "Press kit: Smuggling takes from all of us"),
    ],
)
def test_what_stands_below_a_page_is_told_as_a_page_of_its_own(path: str, title: str) -> None:
    html = Client().get(path).content.decode()
    assert re.findall(r'<link rel="canonical" href="([^"]+)"', html)[0].endswith(path)
    assert metas(path)["og:title"] == title
    assert metas(path)["og:image:width"] == "1200"
    found = graph(path)
    assert found["CollectionPage"]["url"].endswith(path)
    trail = found["BreadcrumbList"]["itemListElement"]
    assert [trail[-1]["name"], trail[-2]["item"] + path.split("/")[-2] + "/"] == [title, trail[-1]["item"]]
    assert "oembed" not in html


def test_news_of_a_topic_name_their_versions(romanian_news: NewsPage) -> None:
    topic = Topic.objects.create(name="Routes", slug="routes")
    NewsPage.objects.get(slug="ecofit-five-instruments", locale__language_code="en").topics.add(topic)
    html = Client().get("/news/topics/routes/").content.decode()
    found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html))
    assert set(found) == {"en", "ro", "x-default"}
    assert all(url.endswith("/topics/routes/") for url in found.values())
    assert metas("/news/topics/routes/")["og:title"] == "News: Routes"
