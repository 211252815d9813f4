"""A launch's page is fetched over real HTTP as a stranger does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from social_publisher.delivery.launching import LONGEST, fetch_page


class Site(BaseHTTPRequestHandler):
    asked: list[dict[str, Any]] = []

    def do_GET(self) -> None:
        """Answer by path."""
        self.asked.append({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}})
        status = 302 if self.path == "/moved/" else 404 if self.path == "/none/" else 200
        body = b"x" * (2 * LONGEST) if self.path == "/long/" else "Știri".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Set-Cookie", "seen=1")
        if status == 302:
            self.send_header("Location", "/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def base() -> Iterator[str]:
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_a_page_is_read_without_cookies_and_without_following_redirects(base: str) -> None:
    page, moved, none = (fetch_page(f"{base}/{path}") for path in ("", "moved/", "none/"))
    assert (page.status, page.content_type, page.body) == (200, "text/html; charset=utf-8", "Știri")
    assert (moved.status, none.status) == (302, 404)
    assert [call["path"] for call in Site.asked] == ["/", "/moved/", "/none/"]
    assert not any("cookie" in call for call in Site.asked)


def test_an_endless_page_is_not_read_to_its_end(base: str) -> None:
    assert len(fetch_page(f"{base}/long/").body) < 2 * LONGEST


def test_a_server_that_is_not_there_is_an_http_error() -> None:
    with pytest.raises(httpx.HTTPError):
        fetch_page("http://127.0.0.1:9/")
