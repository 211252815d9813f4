"""Every place that calls an address somebody named: none of them reaches a machine behind us, whatever it is called.

What is recorded is every lookup and every connection of this process. Names of `outside.example` lead outside.
"""

from __future__ import annotations

import ast
import socket
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
import requests
from django.urls import reverse
from django.utils import timezone

from social_publisher.approval import outside_links
from social_publisher.connections import picture
from social_publisher.delivery import launching
from social_publisher.messages.sighting import Answer
from social_publisher.models import Launch, Webhook, WebhookCall
from social_publisher.networks import reader
from social_publisher.networks.errors import NetworkError
from social_publisher.networks.http import Clients
from social_publisher.networks.public import PublicAdapter
from social_publisher.networks.reader import Outcome
from social_publisher.networks.servers import server_address
from social_publisher.notices import webhooks
from tests.factories import make_channel
from tests.integration.hostile.asking import asked, signed_in
from tests.pages import make_home, make_news
from tests.support.hostile import INSIDE_HOSTS, ODD_URLS

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]
INSIDE = [
    *(f"https://{host}/" for host in INSIDE_HOSTS),
    *(f"http://{host}:8080/x" for host in INSIDE_HOSTS),
    *ODD_URLS,
]
# Addresses inside that a name may lead to, as a resolver tells them.
LED_TO = [
    *("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.8", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254"),
    *("192.0.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "::ffff:127.0.0.1"),
    *("::ffff:169.254.169.254", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2002:7f00:1::", "64:ff9b::7f00:1"),
    # Which Python of our oldest version takes for public ones.
    *("2001:db8::1", "2001:0:7f00:1::", "192.0.0.8", "192.0.0.192", "fec0::1", "64:ff9b:1::7f00:1", "::127.0.0.1"),
]


def is_address(url: str) -> bool:
    """Whether it can be read as one at all."""
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


class Line:
    """What was looked up and where connections were opened; nothing leaves."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.leads_to = "203.0.113.7"
        self.real = socket.getaddrinfo

    def lookup(self, host: Any, port: Any, *_args: Any, **given: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name.rstrip(".").endswith("outside.example"):
            family = socket.AF_INET6 if ":" in self.leads_to else socket.AF_INET
            return [(family, socket.SOCK_STREAM, 6, "", (self.leads_to, port))]
        try:
            return self.real(host, port, **{**given, "flags": socket.AI_NUMERICHOST})
        except (OSError, UnicodeError):
            # Whatever else is a name leads to this machine.
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    def connect(self, address: Any, *_args: Any, **_given: Any) -> Any:
        self.opened.append(str(address[0]))
        raise ConnectionRefusedError("nothing leaves")


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    made = Line()
    monkeypatch.setattr(socket, "getaddrinfo", made.lookup)
    monkeypatch.setattr(socket, "create_connection", made.connect)
    monkeypatch.setattr(socket.socket, "connect", made.connect)
    return made


def by_webhook(url: str) -> None:
    webhook = Webhook(name=str(uuid4()), url=url.replace("\0", "")[:500], kinds=["refused"])
    webhooks.renew_secret(webhook)
    webhook.save()
    call = webhooks.plan_test(webhook, timezone.now())
    assert not webhooks.send(call, timezone.now())
    assert WebhookCall.objects.get(pk=call.pk).words


def by_link(url: str) -> None:
    assert reader.look(url).outcome in {Outcome.NOT_PUBLIC, Outcome.UNTOLD}


def by_picture(url: str) -> None:
    assert not picture.fetch(make_channel(), url)


def by_httpx(url: str) -> None:
    clients = Clients(1.0)
    try:
        clients.at(url).get("/")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError, TypeError):
        pass
    finally:
        clients.close()


def by_requests(url: str) -> None:
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, PublicAdapter())
    try:
        session.get(url, timeout=1)
    except (requests.RequestException, ValueError, OSError):
        pass
    finally:
        session.close()


def by_name(url: str) -> None:
    """Servers of Mastodon and Bluesky, as they are typed."""
    with pytest.raises(NetworkError):
        server_address(url, "mastodon.social")


# What anybody names goes through these; what is named there by typing goes through `server_address` before.
NAMED: list[Callable[[str], None]] = [by_webhook, by_link, by_picture]
WAYS: list[Callable[[str], None]] = [*NAMED, by_httpx, by_requests]


@pytest.mark.parametrize("way", NAMED)
def test_no_spelling_of_an_address_inside_is_called(way: Callable[[str], None], line: Line) -> None:
    for url in INSIDE:
        way(url)
        # An address outside before or behind an @ or # is one.
        inside = [address for address in line.opened if address != line.leads_to]
        assert inside == [], url
        line.opened.clear()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("where", LED_TO)
def test_no_name_that_leads_inside_is_called(way: Callable[[str], None], where: str, line: Line) -> None:
    line.leads_to = where
    for scheme in ("https", "http"):
        way(f"{scheme}://a.outside.example/")
    assert line.opened == []


@pytest.mark.parametrize("way", WAYS)
def test_what_leads_outside_is_called(way: Callable[[str], None], line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the tests above say something."""
    line.leads_to = "93.184.215.14"
    way("https://a.outside.example/")
    assert set(line.opened) == {"93.184.215.14"}


def test_no_server_of_a_network_is_typed_that_is_inside(line: Line) -> None:
    for url in INSIDE:
        if "outside.example" not in url:
            by_name(url)
    assert line.opened == []


@pytest.mark.parametrize("typed", [url for url in ODD_URLS if "outside.example" in url])
def test_an_odd_name_is_a_public_one_or_none(typed: str) -> None:
    try:
        found = server_address(typed, "mastodon.social")
    except NetworkError:
        return
    assert found.startswith("https://outside.example")


def test_no_screen_takes_an_address_inside_and_calls_it(line: Line) -> None:
    client, kinds = signed_in(), ["mastodon", "bluesky"]
    for url in INSIDE[::9]:
        for network in kinds:
            form = {"server": url, "handle": "x", "password": "x", "pds": url}
            _answer, broken = asked(partial(client.post, reverse("social_connect:begin", args=[network]), form))
            assert not broken
        hook = {"name": f"Hook {url}"[:100], "url": url, "kinds": ["refused"], "active": "on"}
        _answer, broken = asked(partial(client.post, reverse("social_webhooks:add"), hook))
        assert not broken
    assert all(hook.url.startswith("https://") for hook in Webhook.objects.all())
    assert not [address for address in line.opened if address != line.leads_to]


class Redirecting(httpx.BaseTransport):
    """Answers everything with a redirect to inside, and keeps what it was asked."""

    def __init__(self, target: str) -> None:
        self.target, self.asked = target, list[str]()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url.host))
        return httpx.Response(302, headers={"location": self.target})


REDIRECTED = [
    "http://127.0.0.1/",
    "https://169.254.169.254/latest",
    "//10.0.0.8/",
    "file:///etc/passwd",
    "http://[::1]/",
    "gopher://127.0.0.1/",
    "https://2130706433/",
]


@pytest.mark.parametrize("target", REDIRECTED)
@pytest.mark.parametrize("way", NAMED)
def test_no_redirect_to_inside_is_followed(
    way: Callable[[str], None], target: str, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.leads_to = "93.184.215.14"
    there = Redirecting(target)
    make = httpx.Client
    monkeypatch.setattr(httpx, "Client", lambda **given: make(transport=there, **given))
    way("https://a.outside.example/")
    assert set(there.asked) == {line.leads_to}
    assert line.opened == []


def test_links_of_a_post_are_looked_at_by_the_same_reader(line: Line, settings: Any) -> None:
    settings.LOOK_AT_LINKS = True
    urls = [url for url in INSIDE if url.startswith("http")][:40]
    for start in range(0, len(urls), outside_links.MOST_LINKS):
        outside_links.look(urls[start : start + outside_links.MOST_LINKS])
    assert not [address for address in line.opened if address != line.leads_to]


def test_a_launch_is_looked_at_on_this_site_alone(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    page = make_news(make_home())
    launch = Launch.objects.create(page=page, revision=page.latest_revision)
    for address in filter(is_address, INSIDE):
        monkeypatch.setattr(type(page), "full_url", address)
        page.full_url = address
        fetched: list[str] = []
        assert launching._why_not_live(launch, page, partial(noted, fetched)), address
        assert fetched == [], address


def noted(fetched: list[str], url: str) -> Answer:
    fetched.append(url)
    return Answer(200, "text/html", "")


def calls_elsewhere() -> Iterator[tuple[str, str]]:
    """Where our own sources make a client of HTTP."""
    for room in ("campaign_site", "content", "media", "social_publisher"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    made = ast.unparse(node.func)
                    if made in {
                        "httpx.Client",
                        "httpx.get",
                        "httpx.post",
                        "httpx.stream",
                        "requests.Session",
                        "requests.get",
                        "socket.create_connection",
                    }:
                        yield path.relative_to(ROOT).as_posix(), made


def test_every_client_is_one_of_those_above() -> None:
    """A new one needs its test here."""
    assert set(calls_elsewhere()) == {
        # The operator's own address, of a setting: tests/unit/observability/test_certificate.py.
        ("campaign_site/observability/certificate.py", "socket.create_connection"),
        ("social_publisher/notices/webhooks.py", "httpx.Client"),
        ("social_publisher/networks/reader.py", "httpx.Client"),
        ("social_publisher/networks/http.py", "httpx.Client"),
        ("social_publisher/networks/public.py", "socket.create_connection"),
        ("social_publisher/connections/picture.py", "httpx.Client"),
        ("social_publisher/delivery/launching.py", "httpx.Client"),
        # X has one address, which no person names.
        ("social_publisher/networks/x/api.py", "requests.Session"),
    }
