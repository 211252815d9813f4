"""Servers of networks that have many: what a person may name, and that none of them is a machine behind us.

RFC 6761, RFC 6762, RFC 8375 and ICANN's reservation of "internal" name what leads nowhere public.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from social_publisher.networks.errors import RefusedError

NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?")
NOT_PUBLIC = (".localhost", ".local", ".internal", ".home.arpa", ".test", ".invalid")
HTTPS = 443
STAND_INS = (
    ipaddress.IPv6Network("2002::/16"),
    ipaddress.IPv6Network("64:ff9b::/96"),
    # A network's own translation (RFC 8215), and the first way to write an IPv4 address (RFC 4291, 2.5.5.1).
    ipaddress.IPv6Network("64:ff9b:1::/48"),
    ipaddress.IPv6Network("::/96"),
)
# For protocols (RFC 6890) and within a site (RFC 3879): nothing public is there, whatever a library says.
INSIDE = (ipaddress.IPv4Network("192.0.0.0/24"), ipaddress.IPv6Network("fec0::/10"))


class NotAllowedError(OSError):
    """This installation may not call that host: it is not among OUTGOING_HOSTS."""

    def __init__(self, host: str) -> None:
        self.words = _(
            "This installation calls no server it was not told of. Ask an operator to add %(host)s to OUTGOING_HOSTS."
        ) % {"host": host}
        super().__init__(self.words)


def may_be_called(host: str) -> bool:
    """Whether OUTGOING_HOSTS has the host, or a name it belongs to, written as ".example.org"; without a list, any."""
    allowed = [name.lower() for name in settings.OUTGOING_HOSTS]
    return not allowed or any(host == name or (name.startswith(".") and f".{host}".endswith(name)) for name in allowed)


def server_address(typed: str, example: str, *, allow_loopback: bool = False) -> str:
    """The server that a person named, as https://name. Raises RefusedError for what cannot be a public server's name.

    Taken are a name, an address of any of its pages, and an account's full name. No call may reach a machine behind us,
    so IP addresses and names without a dot are refused; with `allow_loopback` this machine's own are taken, with http
    too.
    """
    wrong = RefusedError(
        _("This is no server's address. Give the public name of the account's server, such as %(example)s.")
        % {"example": example}
    )
    typed = typed.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed.partition('/')[0].rpartition('@')[2]}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in {"https", "http"} or parts.username is not None:
        raise wrong
    if allow_loopback and is_loopback(host):
        return f"{parts.scheme}://{parts.netloc}"
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        raise wrong from None
    if not NAME.fullmatch(host) or host.endswith(NOT_PUBLIC):
        raise wrong
    if parts.scheme != "https":
        raise RefusedError(_("The server's address has to begin with https://."))
    if not may_be_called(host):
        raise RefusedError(NotAllowedError(host).words)
    return f"https://{host}" + (f":{port}" if port not in {None, HTTPS} else "")


def public_addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host, if every one of them is public; else none. Raises OSError when it has no address,
    and NotAllowedError when it may not be called."""
    if not may_be_called(host):
        raise NotAllowedError(host)
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    return sorted(found) if all(_is_public(ipaddress.ip_address(address)) for address in found) else []


def public_request(
    method: str,
    url: httpx.URL,
    *,
    seconds: float,
    headers: dict[str, str] | None = None,
    content: bytes | None = None,
    allow_loopback: bool = False,
) -> httpx.Request:
    """A request to an address that anybody may have named: by https, to a public machine alone.

    It goes to the very IP address that was looked at, so that a name cannot lead elsewhere a moment later. Raises
    ValueError for what is not public, OSError when the host has no address or may not be called.
    """
    extensions: dict[str, Any] = {"timeout": httpx.Timeout(seconds).as_dict()}
    if allow_loopback and is_loopback(url.host):
        return httpx.Request(method, url, headers=headers, content=content, extensions=extensions)
    addresses = public_addresses(url.host, url.port or HTTPS) if url.scheme == "https" else []
    if not addresses:
        raise ValueError("this is on no public server")
    extensions["sni_hostname"] = url.host
    named = {**(headers or {}), "Host": url.netloc.decode()}
    where = url.copy_with(host=addresses[0])
    return httpx.Request(method, where, headers=named, content=content, extensions=extensions)


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether it leads out; an IPv6 address that stands for an IPv4 one (RFC 3056, RFC 6052) is not followed."""
    not_taken = any(address in network for network in (*STAND_INS, *INSIDE) if network.version == address.version)
    return address.is_global and not address.is_multicast and not not_taken


def is_loopback(host: str) -> bool:
    """Whether it is this machine, by name or address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
