from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from social_publisher.networks.reader import Outcome, look


class Site(BaseHTTPRequestHandler):
    """Answers by path: /404, /round for ever, /no-head only to GET, /to-5 five hops from its end."""

    asked: list[str] = []

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        self.asked.append(f"{self.command} {self.path} {self.headers['Host']}")
        path = self.path.strip("/")
        if path == "no-head" and self.command == "GET":
            path = "200"
        target = {"round": "/round", "inside": "http://inside.example:1/", "script": "file:///etc/passwd"}.get(path)
        if path.startswith("to-"):
            left = int(path.removeprefix("to-"))
            target = f"/to-{left - 1}" if left > 1 else "/200"
        self.send_response(302 if target else int(path) if path.isdecimal() else 405)
        if target:
            self.send_header("Location", target)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://outside.example:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def addresses(host: str, port: int) -> list[str]:
    """Only the one site is public, and it is on this machine."""
    return ["127.0.0.1"] if host == "outside.example" else []


@pytest.mark.parametrize(
    ("path", "outcome", "status"),
    [
        ("200", Outcome.OPENS, 200),
        ("no-head", Outcome.OPENS, 200),
        ("to-5", Outcome.OPENS, 200),
        ("to-6", Outcome.GONE, 302),
        ("round", Outcome.GONE, 302),
        ("404", Outcome.GONE, 404),
        ("410", Outcome.GONE, 410),
        ("401", Outcome.NOT_PUBLIC, 401),
        ("403", Outcome.UNTOLD, 403),
        ("429", Outcome.UNTOLD, 429),
        ("503", Outcome.UNTOLD, 503),
        ("inside", Outcome.NOT_PUBLIC, 0),
        ("script", Outcome.NOT_PUBLIC, 0),
    ],
)
def test_what_a_reader_meets(site: str, path: str, outcome: Outcome, status: int) -> None:
    seen = look(f"{site}/{path}", addresses)
    assert (seen.outcome, seen.status) == (outcome, status)


def test_the_address_that_was_allowed_is_asked_under_the_sites_name(site: str) -> None:
    Site.asked.clear()
    look(f"{site}/200", addresses)
    assert Site.asked == [f"HEAD /200 {site.removeprefix('http://')}"]


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/latest", "https://desk.internal/",
     "http://printer.local", "ftp://outside.example/", "http://0.0.0.0/", "http://localhost:8000/"],
)  # fmt: skip
def test_no_machine_behind_us_is_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpx, "Client", None)
    assert look(url).outcome is Outcome.NOT_PUBLIC


def test_without_a_network_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    assert look("https://example.org/").outcome is Outcome.UNTOLD


def test_a_site_that_does_not_answer_is_untold() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert look(f"http://outside.example:{port}/", addresses).outcome is Outcome.UNTOLD
