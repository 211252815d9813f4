"""No call to a server that somebody named reaches a machine behind us, whatever its name comes to mean."""

from __future__ import annotations

import resource
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest
import requests

from social_publisher.networks import servers
from social_publisher.networks.errors import TemporaryError, UnknownOutcomeError
from social_publisher.networks.http import Clients, failed_call
from social_publisher.networks.public import PublicAdapter
from social_publisher.networks.reader import Outcome, Seen, look
from social_publisher.networks.servers import NotAllowedError
from social_publisher.networks.x.api import XApi


class Inside(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"inside")

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@pytest.fixture
def inside() -> Iterator[int]:
    """A server on this machine; its port."""
    yield from serving(Inside)


def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def by_httpx(address: str) -> str:
    clients = Clients(2.0)
    try:
        return clients.at(address).get("").text
    finally:
        clients.close()


def by_requests(address: str) -> str:
    session = requests.Session()
    session.mount("http://", PublicAdapter())
    return session.get(address, timeout=2).text


WAYS = [by_httpx, by_requests]


def leads_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Every name leads there."""
    real = socket.getaddrinfo

    def told(host: Any, port: Any, *args: Any, **given: Any) -> Any:
        if str(host).endswith(".example"):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]
        return real(host, port, *args, **given)

    monkeypatch.setattr(socket, "getaddrinfo", told)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("where", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "192.168.0.1", "100.64.0.1", "0.0.0.0"])
def test_a_name_that_leads_inside_is_not_called(
    way: Callable[[str], str], where: str, inside: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads_to(monkeypatch, where)
    with pytest.raises((httpx.ConnectError, requests.ConnectionError)) as told:
        way(f"http://social.example:{inside}")
    assert isinstance(failed_call(told.value), TemporaryError), "nothing left, so it may be tried again"


@pytest.mark.parametrize("way", WAYS)
def test_one_inside_address_among_public_ones_spoils_them_all(
    way: Callable[[str], str], inside: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads_to(monkeypatch, "93.184.215.14", "127.0.0.1")
    with pytest.raises((httpx.ConnectError, requests.ConnectionError)):
        way(f"http://social.example:{inside}")


@pytest.mark.parametrize("way", WAYS)
def test_the_address_that_was_looked_at_is_the_one_that_is_called(
    way: Callable[[str], str], inside: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name leads inside as soon as it was looked at: what is called is what was found."""
    called: list[str] = []
    leads_to(monkeypatch, "203.0.113.9", "203.0.113.7")
    monkeypatch.setattr(servers, "_is_public", lambda _address: True)

    def create(address: Any, *args: Any, **given: Any) -> socket.socket:
        called.append(address[0])
        if address[0] == "203.0.113.7":
            raise ConnectionRefusedError("not this one")
        found = socket.socket()
        found.settimeout(2)
        found.connect(("127.0.0.1", inside))
        return found

    monkeypatch.setattr(socket, "create_connection", create)
    assert way(f"http://social.example:{inside}") == "inside"
    assert called == ["203.0.113.7", "203.0.113.9"], "one after the other, and never the name"


@pytest.mark.parametrize("way", WAYS)
def test_this_machine_is_called_by_its_own_address(way: Callable[[str], str], inside: int) -> None:
    assert way(f"http://127.0.0.1:{inside}") == "inside"


def by_x(address: str) -> str:
    return str(XApi(address, 2.0).client("token").ask("/users/me", {}))


def by_looking(address: str) -> str:
    seen = look(address)
    assert seen == Seen(Outcome.UNTOLD)
    raise NotAllowedError(address)


@pytest.mark.parametrize("way", [by_httpx, by_requests, by_x, by_looking])
def test_a_host_that_is_not_on_the_list_is_not_even_looked_up(
    settings: Any, monkeypatch: pytest.MonkeyPatch, way: Callable[[str], str]
) -> None:
    settings.OUTGOING_HOSTS = ["graph.facebook.com"]
    asked: list[Any] = []

    def looked_up(*given: Any, **_more: Any) -> list[Any]:
        asked.append(given)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    with pytest.raises((httpx.ConnectError, requests.ConnectionError, TemporaryError, NotAllowedError)):
        way("http://another.example")
    assert asked == []


class Endless(Inside):
    """Answers with a megabyte again and again; or with one that becomes a gigabyte when it is unpacked."""

    def do_GET(self) -> None:
        packed = self.path.startswith("/packed")
        self.send_response(200)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        packer = zlib.compressobj(9, wbits=31)
        try:
            for _piece in range(1000):
                piece = bytes(1_000_000)
                self.wfile.write(packer.compress(piece) if packed else piece)
            self.wfile.write(packer.flush() if packed else b"")
        except OSError:
            self.close_connection = True


@pytest.fixture
def endless() -> Iterator[int]:
    yield from serving(Endless)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", ["", "/packed"])
def test_an_answer_without_end_is_left(endless: int, way: Callable[[str], str], path: str) -> None:
    """What was sent before may have been taken: the outcome is open, and nobody waits or runs out of memory."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises((httpx.HTTPError, requests.RequestException)) as met:
        way(f"http://127.0.0.1:{endless}{path}")
    assert isinstance(failed_call(met.value), UnknownOutcomeError)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 200_000  # KB, of 1,000,000
