"""What the page cache gives, to whom, and in which form. Time and the database's state are the test's."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterable
from typing import Any

import brotli
import pytest
import zstandard

from campaign_site.page_cache.encodings import choose
from campaign_site.page_cache.layer import PageCache
from campaign_site.page_cache.middleware import KEEP
from campaign_site.page_cache.store import Store

BODY = b"<p>Ask where it comes from.</p>" * 40
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "zstd": lambda body: bytes(zstandard.ZstdDecompressor().decompress(body)),
    "gzip": gzip.decompress,
    "": lambda body: body,
}


class Watching:
    """Stands where the thread stands that listens to the database."""

    trusted = True

    def is_trusted(self, now: float) -> bool:
        return self.trusted


class Origin:
    """An application that counts how often it is asked, and says what it is told to."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.status = "200 OK"
        self.body = BODY
        self.keep = True
        self.meanwhile: Callable[[], None] = lambda: None
        self.headers = [("Content-Type", "text/html; charset=utf-8"), ("X-Frame-Options", "DENY")]

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(dict(environ))
        self.meanwhile()
        if self.keep and self.status.startswith("200"):
            environ[KEEP] = True
        start(self.status, [*self.headers, ("Content-Length", str(len(self.body)))])
        return [self.body]


class Site:
    """The cache, what stands behind it, and a clock that a test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, most: int = 10_000_000) -> None:
        self.now = 1_000.0
        self.origin, self.store, self.watch = Origin(), Store(most), Watching()
        monkeypatch.setattr("campaign_site.page_cache.layer.time.monotonic", lambda: self.now)
        self.cache = PageCache(self.origin, self.store, self.watch, "sessionid")

    def get(self, path: str = "/", **more: str) -> tuple[str, dict[str, str], bytes]:
        said: list[Any] = []
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "site", **more}
        body = b"".join(self.cache(environ, lambda *head: said.append(head)))
        status, headers = said[0]
        return status, dict(headers), body


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    return Site(monkeypatch)


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate, zstd", "zstd"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("identity", ""),
        ("", ""),
        ("br;q=nonsense, gzip", "gzip"),
        ("BR", "br"),
    ],
)
def test_the_encoding_is_the_best_that_is_taken(accepted: str, chosen: str) -> None:
    assert choose(accepted) == chosen


@pytest.mark.parametrize("accepted", ["br", "zstd", "gzip", ""])
def test_one_page_is_made_once_and_given_in_each_compression(site: Site, accepted: str) -> None:
    for _reader in range(3):
        status, headers, body = site.get(HTTP_ACCEPT_ENCODING=accepted)
        assert (status, UNPACK[accepted](body)) == ("200 OK", BODY)
        assert headers.get("Content-Encoding", "") == accepted
        assert headers["Content-Length"] == str(len(body))
        assert headers["Vary"] == "Accept-Encoding"
        assert headers["X-Frame-Options"] == "DENY"
    assert len(site.origin.asked) == 1


def test_what_one_reader_has_or_takes_does_not_reach_the_page(site: Site) -> None:
    site.get(HTTP_COOKIE="theme=dark", HTTP_IF_NONE_MATCH="x", HTTP_RANGE="bytes=0-1", HTTP_ACCEPT_ENCODING="br")
    assert not {"HTTP_COOKIE", "HTTP_IF_NONE_MATCH", "HTTP_RANGE", "HTTP_ACCEPT_ENCODING"} & set(site.origin.asked[0])


def test_who_has_the_page_gets_no_body(site: Site) -> None:
    tag = site.get()[1]["ETag"]
    status, headers, body = site.get(HTTP_IF_NONE_MATCH=f'"other", {tag}', HTTP_ACCEPT_ENCODING="br")
    assert (status, body) == ("304 Not Modified", b"")
    assert headers["ETag"] == tag
    assert "Content-Type" not in headers
    assert site.get(HTTP_IF_NONE_MATCH='W/"other"')[0] == "200 OK"


def test_a_date_is_compared_where_no_tag_is_sent(site: Site) -> None:
    site.origin.headers.append(("Last-Modified", "Mon, 30 Nov 2026 10:00:00 GMT"))
    site.get()
    assert site.get(HTTP_IF_MODIFIED_SINCE="Mon, 30 Nov 2026 10:00:00 GMT")[0].startswith("304")
    assert site.get(HTTP_IF_MODIFIED_SINCE="Mon, 30 Nov 2026 09:00:00 GMT")[0].startswith("200")


def test_head_has_the_headers_alone(site: Site) -> None:
    length = site.get()[1]["Content-Length"]
    _status, headers, body = site.get(REQUEST_METHOD="HEAD")
    assert (headers["Content-Length"], body) == (length, b"")
    assert len(site.origin.asked) == 1


@pytest.mark.parametrize(
    "request_of",
    [
        {"HTTP_COOKIE": "a=b; sessionid=c"},
        {"HTTP_AUTHORIZATION": "Basic eDp5"},
        {"QUERY_STRING": "page=2"},
        {"QUERY_STRING": "utm_source=x&page=2"},
        {"REQUEST_METHOD": "POST"},
        {"path": "/admin/login/"},
        {"path": "/media/images/one.jpg"},
    ],
)
def test_what_is_not_for_everybody_is_never_kept_nor_given(site: Site, request_of: dict[str, str]) -> None:
    site.get(request_of.get("path", "/"))
    site.origin.asked.clear()
    site.get(**request_of)
    site.get(**request_of)
    assert len(site.origin.asked) == 2
    assert site.origin.asked[0].get("HTTP_COOKIE") == request_of.get("HTTP_COOKIE")


def test_what_django_does_not_allow_is_not_kept_but_compressed(site: Site) -> None:
    site.origin.keep = False
    for _reader in range(2):
        _status, headers, body = site.get(HTTP_ACCEPT_ENCODING="gzip")
        assert gzip.decompress(body) == BODY
        assert "ETag" not in headers
    assert len(site.origin.asked) == 2


def test_parameters_of_tracked_links_are_no_question(site: Site) -> None:
    site.get()
    site.get(QUERY_STRING="utm_source=x&utm_campaign=one&fbclid=2")
    assert len(site.origin.asked) == 1


def test_sites_and_schemes_do_not_share_pages(site: Site) -> None:
    for more in ({}, {"HTTP_HOST": "other"}, {"HTTP_X_FORWARDED_PROTO": "https"}):
        site.get(**more)
    assert len(site.origin.asked) == 3


def test_a_page_is_made_anew_after_its_minute_and_after_a_publication(site: Site) -> None:
    site.get()
    site.now += 61
    site.get()
    assert len(site.origin.asked) == 2
    site.store.outdate()
    site.get()
    assert len(site.origin.asked) == 3


def test_a_page_begun_before_a_publication_is_not_right_after_it(site: Site) -> None:
    site.origin.meanwhile = site.store.outdate
    site.get()
    site.origin.meanwhile = lambda: None
    site.get()
    assert len(site.origin.asked) == 2


def test_nothing_is_given_on_trust_while_nobody_listens(site: Site) -> None:
    site.get()
    site.watch.trusted = False
    site.get()
    assert len(site.origin.asked) == 2


def test_without_the_database_readers_get_the_last_good_page(site: Site) -> None:
    site.get()
    site.store.outdate()
    site.watch.trusted = False
    site.origin.status = "500 Internal Server Error"
    for _reader in range(3):
        status, _headers, body = site.get()
        assert (status, body) == ("200 OK", BODY)
    # After a failure Django is left alone for a moment, and then asked again.
    assert len(site.origin.asked) == 2
    site.now += 3
    site.origin.status, site.origin.body = "200 OK", BODY + b"new"
    assert site.get()[2] == BODY + b"new"
    site.origin.status = "500 Internal Server Error"
    site.now += 25 * 60 * 60
    assert site.get()[0].startswith("500")


def test_what_is_not_kept_any_more_is_no_last_good_page(site: Site) -> None:
    site.get()
    site.store.outdate()
    site.origin.status = "404 Not Found"
    assert site.get()[0].startswith("404")
    site.origin.status = "500 Internal Server Error"
    assert site.get()[0].startswith("500")


def test_a_page_begun_before_a_withdrawal_is_never_kept(site: Site) -> None:
    site.origin.meanwhile = site.store.forget_all
    site.get()
    assert len(site.store) == 0


def test_what_was_withdrawn_is_no_last_good_page(site: Site) -> None:
    site.get()
    site.store.forget_all()
    site.origin.status = "500 Internal Server Error"
    assert site.get()[0].startswith("500")


def test_while_one_makes_the_page_others_get_the_old_one_or_wait(site: Site) -> None:
    site.get()
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        begun.set()
        assert go_on.wait(10)

    site.origin.meanwhile, site.origin.body = slowly, BODY + b"new"
    site.now += 61
    first = threading.Thread(target=site.get)
    first.start()
    assert begun.wait(10)
    assert site.get()[2] == BODY
    site.store.outdate()
    waiting: list[bytes] = []
    second = threading.Thread(target=lambda: waiting.append(site.get()[2]))
    second.start()
    site.origin.meanwhile = lambda: None
    go_on.set()
    first.join(10)
    second.join(10)
    assert waiting == [BODY + b"new"]


def test_many_who_want_a_new_page_have_it_made_once(site: Site) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        begun.set()
        assert go_on.wait(10)

    site.origin.meanwhile = slowly
    found: list[bytes] = []
    readers = [threading.Thread(target=lambda: found.append(site.get()[2])) for _reader in range(8)]
    readers[0].start()
    assert begun.wait(10)
    for reader in readers[1:]:
        reader.start()
    go_on.set()
    for reader in readers:
        reader.join(10)
    assert found == [BODY] * 8
    assert len(site.origin.asked) == 1


def test_memory_is_bounded_and_the_oldest_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(monkeypatch, most=10 * (2 * len(BODY) + 2_000))
    for number in range(30):
        site.get(f"/{number}/")
    assert len(site.store) == 10
    assert site.store.size <= 10 * (2 * len(BODY) + 2_000)
    site.origin.asked.clear()
    site.get("/29/")
    site.get("/0/")
    assert [asked["PATH_INFO"] for asked in site.origin.asked] == ["/0/"]


def test_the_same_page_again_is_not_compressed_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    first = site.get(HTTP_ACCEPT_ENCODING="br")[2]
    site.now += 61
    site.get()
    monkeypatch.setattr("campaign_site.page_cache.page.compress", lambda body, encoding: b"")
    assert site.get(HTTP_ACCEPT_ENCODING="br")[2] == first
