"""HTTP answers and failures sorted into the typed tree, for every network module that speaks HTTP."""

from __future__ import annotations

import email.utils
import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import httpx
import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from social_publisher.networks import public
from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)

LONGEST_WORDS = 500
CONNECT_SECONDS = 5.0
# The request never left: the network cannot have taken anything.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class Answer(Protocol):
    """What httpx's and requests' responses have in common."""

    @property
    def status_code(self) -> int:
        """The HTTP status."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers; their names in any case."""


def failed_call(error: httpx.HTTPError | requests.RequestException) -> NetworkError:
    """Sort a call that got no answer. Only one that surely never left is temporary, whatever lever the network has: a
    post that may be out must not look as if it could still be changed."""
    kind = type(error).__name__
    if isinstance(error, NOT_SENT) or _never_connected(error):
        return TemporaryError(f"The network could not be reached ({kind}).")
    return UnknownOutcomeError(f"The network did not answer ({kind}).")


def _never_connected(error: Exception) -> bool:
    """Whether an error of requests is one of making the connection."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    if isinstance(error, requests.exceptions.SSLError):
        # Only a certificate that was not believed surely came before the request; a broken record may come after it.
        return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error))
    inner = error.args[0] if isinstance(error, requests.ConnectionError) and error.args else None
    return isinstance(inner, MaxRetryError) and isinstance(inner.reason, NewConnectionError)


def _causes(error: BaseException | None) -> Iterator[object]:
    """What an error of requests was made of: its causes, and what urllib3 put into its arguments."""
    while error is not None:
        yield error
        inner = next((value for value in error.args if isinstance(value, BaseException)), None)
        error = getattr(error, "reason", None) or inner or error.__cause__ or error.__context__


def failed_answer(response: Answer, words: str, secrets: Iterable[str] = ()) -> NetworkError:
    """Sort an answer that is no success. `words` are the network's own; secrets are cut out of them.

    429 asks to wait, 401 is the account's, 5xx leaves it open whether the post was taken, every other 4xx is a refusal:
    of the network if it speaks JSON, else of something in front of it, which will be gone. What is said to be a success
    and fails leaves it open too. RFC 9110, section 15; RFC 6585, section 4.
    """
    told = clean(words, secrets) or f"HTTP {response.status_code}"
    status = response.status_code
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return RateLimitedError(told, retry_after(response))
    if status == httpx.codes.UNAUTHORIZED:
        return AuthError(told)
    refused = httpx.codes.MULTIPLE_CHOICES <= status < httpx.codes.INTERNAL_SERVER_ERROR
    if not refused or status == httpx.codes.REQUEST_TIMEOUT:
        return UnknownOutcomeError(told)
    if (
        status >= httpx.codes.BAD_REQUEST
        and not speaks_json(response)
        and status != httpx.codes.REQUEST_ENTITY_TOO_LARGE
    ):
        return TemporaryError(told)
    return RefusedError(told)


def speaks_json(response: Answer) -> bool:
    """Whether the answer is the network's own, and not that of a proxy or a page of maintenance."""
    return "json" in response.headers.get("content-type", "")


def retry_after(response: Answer, now: datetime | None = None) -> timedelta | None:
    """Read Retry-After, in seconds or as a date (RFC 9110, 10.2.3), else the common reset headers; None if untold."""
    moment = now or datetime.now(UTC)
    told = response.headers.get("retry-after", "").strip()
    if told.isdecimal():
        return timedelta(seconds=min(int(told), 7 * 24 * 3600))
    for value in (told, response.headers.get("x-ratelimit-reset", ""), response.headers.get("x-rate-limit-reset", "")):
        if (at := read_time(value)) is not None:
            return max(at - moment, timedelta())
    return None


def read_time(value: str) -> datetime | None:
    """Read an HTTP date, an ISO 8601 time or seconds since 1970; None for anything else."""
    value = value.strip()
    try:
        if value.isdecimal():
            return datetime.fromtimestamp(int(value), UTC)
        at = datetime.fromisoformat(value) if value[:4].isdecimal() else email.utils.parsedate_to_datetime(value)
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def clean(words: str, secrets: Iterable[str]) -> str:
    """Return the words without the given secrets, on one line, at most 500 characters."""
    for secret in secrets:
        if secret:
            words = words.replace(secret, "…")
    return " ".join(words.split())[:LONGEST_WORDS]


class Clients:
    """Connections kept open, one pool a service. They follow no redirect, believe no proxy variable and lead only out;
    any thread may use them."""

    def __init__(self, seconds: float, headers: Mapping[str, str] | None = None) -> None:
        self._waits = httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))
        self._headers = dict(headers or {})
        self._clients: dict[str, httpx.Client] = {}
        self._lock = threading.Lock()

    def at(self, base: str) -> httpx.Client:
        """The service's client."""
        with self._lock:
            if base not in self._clients:
                self._clients[base] = httpx.Client(
                    base_url=base, timeout=self._waits, headers=self._headers, transport=public.PublicTransport()
                )
            return self._clients[base]

    def close(self) -> None:
        """Close what is open; what is asked for later is opened anew."""
        with self._lock:
            for client in self._clients.values():
                client.close()
            self._clients.clear()


def read(client: httpx.Client, path: str, secrets: Iterable[str] = (), **given: Any) -> Any:
    """GET something that changes nothing, and return its JSON. Whatever fails may be asked again: never "unknown"."""
    try:
        response = client.get(path, **given)
    except httpx.HTTPError as error:
        raise TemporaryError(failed_call(error).words) from error
    try:
        answer = response.json()
    except ValueError as error:
        raise TemporaryError("The network's answer could not be read.") from error
    if response.is_success:
        return answer
    failure = failed_answer(response, words_of(answer), secrets)
    raise TemporaryError(failure.words) if isinstance(failure, UnknownOutcomeError) else failure


def words_of(answer: Any) -> str:
    """The network's own words in the usual places of an error's JSON."""
    if not isinstance(answer, Mapping):
        return ""
    inner = answer.get("error")
    if isinstance(inner, Mapping):
        return str(inner.get("message", ""))
    for name in ("description", "message", "detail", "error_description", "error"):
        if answer.get(name):
            return str(answer[name])
    return ""
