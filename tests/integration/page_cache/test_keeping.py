"""What Django calls everybody's is kept, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from campaign_site.page_cache.layer import PageCache
from campaign_site.page_cache.store import Store
from content.pages import CampaignPage
from social_publisher.engagement.site_counting import places
from social_publisher.engagement.tally import tally

READER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


class Always:
    """Listens to nothing, and is always believed."""

    def is_trusted(self, now: float) -> bool:
        return True


class Readers:
    """Whole requests through the cache and Django."""

    def __init__(self) -> None:
        self.store = Store(10_000_000)
        self.cache = PageCache(WSGIHandler(), self.store, Always(), "sessionid")

    def get(self, path: str, **more: str) -> tuple[str, dict[str, str], bytes]:
        environ = RequestFactory().get(path).environ
        environ.pop("HTTP_COOKIE", None)
        said: list[Any] = []
        body = b"".join(self.cache({**environ, **READER, **more}, lambda *head: said.append(head)))
        return said[0][0], dict(said[0][1]), body

    def is_kept(self, path: str) -> bool:
        self.get(path)
        before = self.cache.counted["hit"]
        self.get(path)
        return self.cache.counted["hit"] > before


@pytest.fixture
def readers(starting_content: None) -> Iterator[Readers]:
    # A request's end would close the connection of the test's transaction.
    around = (request_started, request_finished)
    for signal in around:
        signal.disconnect(close_old_connections)
    yield Readers()
    for signal in around:
        signal.connect(close_old_connections)


@pytest.mark.parametrize(
    "path",
    ["/", "/campaigns/", "/campaigns/against-smuggling/", "/campaigns/against-smuggling/posts/", "/projects/", "/news/",
     "/feeds/all.atom", "/feeds/news.json", "/sitemap.xml", "/robots.txt"],
)  # fmt: skip
def test_what_is_the_same_for_everybody_is_kept(readers: Readers, path: str) -> None:
    assert readers.is_kept(path), path


@pytest.mark.parametrize("path", ["/search/", "/contact/", "/no/such/page/", "/rehearsal/", "/health/ready", "/oembed"])
def test_everything_else_is_made_for_each_reader(readers: Readers, path: str) -> None:
    assert not readers.is_kept(path), path


def test_pages_do_not_depend_on_what_tracked_links_carry(readers: Readers) -> None:
    path = "/campaigns/against-smuggling/"
    plain = readers.get(path)[2]
    readers.store.forget_all()
    assert readers.get(f"{path}?utm_source=x&utm_campaign=one&fbclid=abc")[2] == plain


def test_a_reader_of_any_language_gets_the_page_of_the_address(readers: Readers) -> None:
    assert readers.get("/", HTTP_ACCEPT_LANGUAGE="ro")[2] == readers.get("/", HTTP_ACCEPT_LANGUAGE="en")[2]
    assert "Accept-Language" not in readers.get("/")[1]["Vary"]


def test_a_private_page_is_for_nobody_without_its_password(readers: Readers) -> None:
    page = CampaignPage.objects.first()
    assert page is not None
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="a long password")
    assert not readers.is_kept(page.get_url())


def test_a_read_without_django_counts_as_one_with_it(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    places.forget()
    counted: list[tuple[Any, ...]] = []
    monkeypatch.setattr(tally, "read", lambda *read: counted.append(read))
    path = "/campaigns/against-smuggling/"
    readers.get(path)
    readers.get(path, QUERY_STRING="utm_source=bluesky")
    readers.get(path, HTTP_USER_AGENT="Googlebot/2.1")
    readers.get(path, HTTP_DNT="1")
    readers.get(path, REQUEST_METHOD="HEAD")
    page = CampaignPage.objects.get(slug="against-smuggling", locale__language_code="en")
    assert [(read[0], read[1], *read[3:]) for read in counted] == [
        (page.campaign_id, page.pk, "en", ""),
        (page.campaign_id, page.pk, "en", "bluesky"),
    ]
