from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test import Client

from campaign_site.machine.sections import SECTIONS
from content.pages import CampaignPage, NewsIndexPage, NewsPage

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(path: str) -> list[Any]:
    response = Client().get(path)
    assert response.status_code == 200, path
    return json.loads(response.content)["items"]


@pytest.mark.parametrize("section", [*SECTIONS, "all"])
def test_every_section_has_both_kinds(section: str) -> None:
    atom, made = Client().get(f"/feeds/{section}.atom"), Client().get(f"/feeds/{section}.json")
    assert atom["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert made["Content-Type"] == "application/feed+json; charset=utf-8"
    ids = [entry.findtext("a:id", None, ATOM) for entry in ET.fromstring(atom.content).findall("a:entry", ATOM)]
    assert ids == [item["id"] for item in json.loads(made.content)["items"]]
    assert ids or section == "resources"


def test_a_campaigns_feed_has_its_page_and_its_projects_news() -> None:
    page = CampaignPage.objects.get()
    news = NewsPage.objects.first()
    news.project = page.campaign.project
    news.save()
    titles = {item["title"] for item in entries(f"/feeds/campaigns/{page.campaign.code}.json")}
    assert {page.title, news.title} <= titles
    assert Client().get("/feeds/campaigns/none.atom").status_code == 404


def test_each_language_has_its_own_feed(romanian_news: NewsPage) -> None:
    (item,) = entries("/ro/feeds/news.json")
    assert item["title"] == romanian_news.title
    assert item["language"] == "ro"
    assert "/ro/" in item["url"]
    assert romanian_news.title not in {item["title"] for item in entries("/feeds/news.json")}
    assert Client().get("/el/feeds/news.json").status_code == 404
    assert Client().get("/ro/feeds/events.json").status_code == 404


def test_an_id_survives_a_rename_and_a_change() -> None:
    (before, *_rest) = entries("/feeds/news.json")
    page = NewsPage.objects.get(title=before["title"])
    page.slug, page.title = "moved", "Another title"
    page.save_revision().publish()
    after = next(item for item in entries("/feeds/news.json") if item["title"] == "Another title")
    assert after["id"] == before["id"]
    assert after["url"] != before["url"]
    assert after["date_modified"] > before["date_modified"]
    assert after["date_published"] == before["date_published"]


def test_drafts_private_pages_and_copies_are_not_in_it() -> None:
    from wagtail.models import PageViewRestriction

    news = list(NewsPage.objects.all())
    news[0].unpublish()
    PageViewRestriction.objects.create(page=NewsIndexPage.objects.get(), restriction_type="login")
    assert Client().get("/feeds/news.json").status_code == 404
    assert not {page.title for page in news} & {item["title"] for item in entries("/feeds/all.json")}


def test_whoever_has_the_newest_gets_nothing_again() -> None:
    first = Client().get("/feeds/news.atom")
    for header in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = Client(headers=header).get("/feeds/news.atom")
        assert (again.status_code, again.content) == (304, b"")
    NewsPage.objects.first().unpublish()
    assert Client(headers={"If-None-Match": first["ETag"]}).get("/feeds/news.atom").status_code == 200


def test_a_feed_takes_the_same_queries_with_more_pages(django_assert_max_num_queries: Any) -> None:
    index = NewsIndexPage.objects.get()
    for number in range(5):
        index.add_child(instance=NewsPage(title=f"News {number}"))
    Client().get("/feeds/news.atom")
    with django_assert_max_num_queries(8):
        assert len(entries("/feeds/news.json")) >= 6


def test_pages_name_their_feeds() -> None:
    campaign = CampaignPage.objects.get()
    html = Client().get("/campaigns/against-smuggling/").content.decode()
    for path in ("/feeds/all.atom", "/feeds/campaigns.json", f"/feeds/campaigns/{campaign.campaign.code}.atom"):
        assert f'href="{path}"' in html
        assert Client().get(path).status_code == 200
