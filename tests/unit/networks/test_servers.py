from __future__ import annotations

import socket
from typing import Any

import pytest

from social_publisher.networks.errors import RefusedError
from social_publisher.networks.servers import NotAllowedError, may_be_called, public_addresses, server_address

EXAMPLE = "mastodon.social"


@pytest.mark.parametrize(
    "typed",
    [
        "mastodon.social",
        " Mastodon.Social. ",
        "https://mastodon.social/",
        "https://mastodon.social:443/@user",
        "https://mastodon.social/@user@far.example",
        "mastodon.social/@user",
        "@user@mastodon.social",
        "user@mastodon.social",
    ],
)
def test_a_server_is_known_however_it_is_named(typed: str) -> None:
    assert server_address(typed, EXAMPLE) == "https://mastodon.social"


@pytest.mark.parametrize(
    ("typed", "address"),
    [("m.example:8443", "https://m.example:8443"), ("straße.example", "https://strasse.example")],
)
def test_ports_and_other_alphabets_are_kept(typed: str, address: str) -> None:
    assert server_address(typed, EXAMPLE) == address


@pytest.mark.parametrize(
    "typed",
    [
        *("", "@user", "localhost", "intranet", "mastodon", "ftp://m.example", "http://m.example", "m.example:port"),
        *("https://user:word@m.example", "https://user@m.example", "m..example", "-.example", "https://"),
        *("127.0.0.1", "10.0.0.8", "169.254.169.254", "8.8.8.8", "0x7f.1", "2130706433", "[::1]", "https://[fe80::1]/"),
        *("127.1", "192.168.1.1", "https://[fd00::1]", "https://[::", "a b.example", "https://example.org:99999"),
        *("printer.local", "db.internal", "site.localhost", "a.home.arpa", "https://m.example\\@a"),
    ],
)
def test_what_is_no_public_server_is_refused(typed: str) -> None:
    with pytest.raises(RefusedError):
        server_address(typed, EXAMPLE)


@pytest.mark.parametrize("typed", ["http://127.0.0.1:4000", "http://localhost:4000/", "http://[::1]:4000"])
def test_this_machine_is_a_server_for_tests_alone(typed: str) -> None:
    assert server_address(typed, EXAMPLE, allow_loopback=True) == typed.rstrip("/")
    with pytest.raises(RefusedError):
        server_address(typed, EXAMPLE)


@pytest.mark.parametrize("typed", ["http://10.0.0.1", "http://pds.example.org", "https://192.168.1.1"])
def test_and_no_other_private_address_is(typed: str) -> None:
    with pytest.raises(RefusedError):
        server_address(typed, EXAMPLE, allow_loopback=True)


@pytest.mark.parametrize(
    ("found", "public"),
    [
        (["93.184.216.34"], ["93.184.216.34"]),
        (["93.184.216.34", "10.0.0.1"], []),
        (["169.254.169.254"], []),
        (["::1"], []),
        (["64:ff9b::a00:1"], []),
    ],
)
def test_a_name_counts_as_public_if_all_its_addresses_are(
    monkeypatch: pytest.MonkeyPatch, found: list[str], public: list[str]
) -> None:
    def answer(*args: Any, **kwargs: Any) -> list[Any]:
        return [(0, 0, 0, "", (address, 443)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert public_addresses("example.org", 443) == public


@pytest.mark.parametrize(
    "address",
    ["192.0.0.8", "192.0.0.192", "fec0::1", "64:ff9b:1::a00:1", "::127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1"],
)
def test_addresses_that_hide_another_or_are_nobodys_are_not_public(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_given: told)
    assert public_addresses("a.example", 443) == []


@pytest.mark.parametrize(
    ("host", "is_allowed"),
    [
        ("graph.facebook.com", True),
        ("upload.linkedin.com", True),
        ("linkedin.com", True),
        ("facebook.com", False),
        ("evil.graph.facebook.com", False),
        ("notlinkedin.com", False),
    ],
)
def test_only_hosts_on_the_list_are_called_where_there_is_one(settings: Any, host: str, is_allowed: bool) -> None:
    settings.OUTGOING_HOSTS = ["Graph.Facebook.com", ".linkedin.com"]
    assert may_be_called(host) is is_allowed


def test_a_server_that_is_not_on_the_list_is_refused_with_whom_to_ask(settings: Any) -> None:
    settings.OUTGOING_HOSTS = ["mastodon.social"]
    assert server_address("mastodon.social", EXAMPLE) == "https://mastodon.social"
    with pytest.raises(RefusedError, match="OUTGOING_HOSTS"):
        server_address("another.example", EXAMPLE)
    with pytest.raises(NotAllowedError):
        public_addresses("another.example", 443)
