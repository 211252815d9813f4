from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from campaign_site.machine import sitemap
from content.pages import NewsPage

XHTML = "{http://www.w3.org/1999/xhtml}link"
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_the_sitemap_names_each_page_with_its_versions(romanian_news: NewsPage) -> None:
    response = Client().get("/sitemap.xml")
    urls = {url.findtext("s:loc", None, MAP): url for url in ET.fromstring(response.content)}
    url = urls[romanian_news.full_url]
    links = {link.get("hreflang"): link.get("href") for link in url.findall(XHTML)}
    assert set(links) == {"en", "ro", "x-default"}
    assert set(links.values()) <= set(urls)
    assert url.findtext("s:lastmod", None, MAP)
    assert Client(headers={"If-None-Match": response["ETag"]}).get("/sitemap.xml").status_code == 304


def test_a_large_sitemap_is_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ET.fromstring(Client().get("/sitemap.xml").content)
    monkeypatch.setattr(sitemap, "FILE", 5)
    files = [node.text or "" for node in ET.fromstring(Client().get("/sitemap.xml").content).iter() if node.text]
    names = [name for name in files if name.endswith(".xml")]
    listed = [url for name in names for url in ET.fromstring(Client().get("/" + name.rsplit("/", 1)[1]).content)]
    assert len(listed) == len(whole)
    assert len(names) == -(-len(whole) // 5)
    assert Client().get("/sitemap-99.xml").status_code == 404


def test_what_is_not_public_is_not_in_the_sitemap() -> None:
    page = NewsPage.objects.first()
    url = page.full_url
    assert url in Client().get("/sitemap.xml").content.decode()
    page.unpublish()
    assert url not in Client().get("/sitemap.xml").content.decode()


def test_robots_txt_depends_on_the_installation(settings: Any) -> None:
    assert "Sitemap:" in Client().get("/robots.txt").content.decode()
    assert "X-Robots-Tag" not in Client().get("/").headers
    assert Client().get("/rehearsal/")["X-Robots-Tag"] == "noindex, nofollow"
    assert "noindex" in Client().get("/admin/login/")["X-Robots-Tag"]
    settings.SEARCH_ENGINES = False
    assert "Disallow: /\n" in Client().get("/robots.txt").content.decode()
    assert Client().get("/")["X-Robots-Tag"] == "noindex, nofollow"


def test_security_txt_is_there_once_somebody_is_named(settings: Any) -> None:
    assert Client().get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACTS = ["team@selec.example"]
    response = Client().get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Contact: mailto:team@selec.example" in response.content.decode()
    assert Client().get("/security.txt")["Location"] == "/.well-known/security.txt"


def embedded(url: str, **more: str) -> Any:
    return Client().get("/oembed", {"url": url, **more})


@pytest.fixture
def base(settings: Any) -> str:
    from wagtail.models import Site

    settings.PUBLIC_BASE_URL = "https://selec.example"
    Site.objects.update(hostname="selec.example", port=443)
    Site.clear_site_root_paths_cache()
    return "https://selec.example"


def test_our_pages_can_be_embedded_without_script(base: str, romanian_news: NewsPage) -> None:
    for url in (f"{base}/", f"{base}/projects/fait/", f"{base}/projects/fait", romanian_news.full_url):
        answer = embedded(url).json()
        assert answer["version"] == "1.0"
        assert answer["type"] == "rich"
        assert answer["width"] <= 600
        assert "<script" not in answer["html"]
        assert answer["thumbnail_url"].startswith(base)
    assert 'lang="ro"' in answer["html"]
    assert romanian_news.title in answer["html"]


def test_an_embed_keeps_to_the_room_there_is(base: str) -> None:
    answer = embedded(f"{base}/projects/fait/", maxwidth="300", maxheight="200").json()
    assert (answer["width"], answer["height"] <= 200) == (300, True)
    assert "<img" not in answer["html"]


def test_an_embed_comes_as_xml_too(base: str) -> None:
    response = embedded(f"{base}/projects/fait/", format="xml")
    root = ET.fromstring(response.content)
    assert root.tag == "oembed"
    assert root.findtext("type") == "rich"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("url=https://selec.example/&format=csv", 501),
        ("url=https://selec.example/&maxwidth=wide", 400),
        ("url=https://other.example/", 404),
        ("url=https://selec.example/nothing/", 404),
        ("url=https://selec.example/ro/", 404),
        ("url=https://[", 404),
        ("url=javascript:alert(1)", 404),
    ],
)
def test_what_cannot_be_embedded_is_said(base: str, query: str, status: int) -> None:
    response = Client().get(f"/oembed?{query}")
    assert response.status_code == status
    assert response.json()["message"]


def test_pages_name_their_embed() -> None:
    html = Client().get("/projects/fait/").content.decode()
    assert "application/json+oembed" in html
    assert quote("/projects/fait/", safe="") in html


def test_what_programs_read_other_sites_may_read() -> None:
    for path in ("/feeds/news.json", "/api/v1/news/", "/api/v1/openapi.json"):
        headers = Client().get(path).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Cookie" not in headers.get("Vary", "")
        assert not Client().get(path).cookies
    assert json.loads(Client().get("/api/v1/openapi.json").content)["openapi"] == "3.1.0"
