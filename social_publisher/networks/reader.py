"""Opening an address as a reader would, to see whether it leads anywhere. Nothing that is read is kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import httpx

from social_publisher.messages.links import UnsafeLinkError, check_link
from social_publisher.networks.servers import HTTPS, NOT_PUBLIC, public_addresses

SECONDS = 5.0
MOST_REDIRECTS = 5
HTTP = 80
HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; link check)", "Accept": "text/html,*/*;q=0.8"}
# Many sites refuse HEAD, or whoever is no browser: such an answer says nothing of what readers get.
NOT_TELLING = {httpx.codes.FORBIDDEN, httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_EARLY, httpx.codes.TOO_MANY_REQUESTS}
SIGN_IN = {httpx.codes.UNAUTHORIZED, httpx.codes.PAYMENT_REQUIRED, httpx.codes.PROXY_AUTHENTICATION_REQUIRED}


class Outcome(StrEnum):
    """What a reader meets."""

    OPENS = "opens"
    GONE = "gone"
    NOT_PUBLIC = "not public"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen at an address; `status` is the last HTTP status, 0 without an answer."""

    outcome: Outcome
    status: int = 0


class _NotPublicError(Exception):
    """The address leads to a machine that readers cannot reach."""


def look(url: str, addresses: Callable[[str, int], list[str]] = public_addresses) -> Seen:
    """Open an address with HEAD, then GET, following redirects; five seconds for everything but the name's lookup.

    Only the very IP address that `addresses` allowed is asked, on every hop. Whatever fails on the way (no network,
    no answer in time, a refusal of anything but browsers) is untold: it says nothing about the address.
    """
    until = time.monotonic() + SECONDS
    seen = Seen(Outcome.UNTOLD)
    for method in ("HEAD", "GET"):
        try:
            seen = _open(method, url, until, addresses)
        except _NotPublicError:
            return Seen(Outcome.NOT_PUBLIC)
        except (OSError, ValueError, httpx.HTTPError, httpx.InvalidURL):
            seen = Seen(Outcome.UNTOLD)
        if seen.outcome is Outcome.OPENS:
            break
    return seen


def _open(method: str, url: str, until: float, addresses: Callable[[str, int], list[str]]) -> Seen:
    for _hop in range(MOST_REDIRECTS + 1):
        request = _request(method, httpx.URL(url), until, addresses)
        with httpx.Client(trust_env=False) as client:
            response = client.send(request, stream=True)
            response.close()
        if not response.has_redirect_location:
            return Seen(_outcome(response.status_code), response.status_code)
        url = str(httpx.URL(url).join(response.headers["location"]))
    return Seen(Outcome.GONE, response.status_code)


def _request(method: str, url: httpx.URL, until: float, addresses: Callable[[str, int], list[str]]) -> httpx.Request:
    """A request to the address that was looked at, so that a name cannot lead elsewhere a moment later."""
    try:
        check_link(str(url))
    except UnsafeLinkError as error:
        raise _NotPublicError from error
    host = url.raw_host.decode()
    found = [] if host.endswith(NOT_PUBLIC) else addresses(host, url.port or _port(url))
    if not found:
        raise _NotPublicError
    extensions: dict[str, Any] = {
        "timeout": httpx.Timeout(max(until - time.monotonic(), 0.1)).as_dict(),
        "sni_hostname": host,
    }
    headers = {**HEADERS, "Host": url.netloc.decode()}
    return httpx.Request(method, url.copy_with(host=found[0]), headers=headers, extensions=extensions)


def _port(url: httpx.URL) -> int:
    return HTTPS if url.scheme == "https" else HTTP


def _outcome(status: int) -> Outcome:
    if status < httpx.codes.BAD_REQUEST:
        return Outcome.OPENS
    if status in SIGN_IN:
        return Outcome.NOT_PUBLIC
    server_fails = status >= httpx.codes.INTERNAL_SERVER_ERROR
    return Outcome.UNTOLD if server_fails or status in NOT_TELLING else Outcome.GONE
