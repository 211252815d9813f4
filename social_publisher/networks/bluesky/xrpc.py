"""Calls to an account's server through the atproto library, and what goes wrong with them, sorted.

Of the library this is its lowest layer: its Client remembers one session, and many threads send for many accounts here.
So each call bears its own token. Sources: atproto.com/specs/xrpc; docs.bsky.app, "Rate Limits".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from atproto_client.client.base import ClientBase
from atproto_client.exceptions import RequestErrorBase
from atproto_client.models.common import XrpcError
from atproto_client.models.dot_dict import DotDict
from atproto_client.request import Request, Response
from atproto_core.exceptions import AtProtocolError

from social_publisher.networks.base import Remaining, Scope
from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
    UploadGoneError,
)
from social_publisher.networks.http import Clients, clean, failed_answer, failed_call, read_time, retry_after

UNREADABLE = "The network's answer could not be read."
HOUR = 3600
# What a new record costs of an account's points: 5,000 an hour, 35,000 a day.
POINTS_A_POST = 3


class RecordMissingError(RefusedError):
    """There is no such record."""


class RecordDiffersError(RefusedError):
    """There is another record under this key already."""


# Errors by the names that the lexicons and the reference server give them, whatever status comes with them.
NAMED: Mapping[str, type[NetworkError]] = {
    "AccountDeactivated": AuthError,
    "AccountNotFound": AuthError,
    "AccountSuspended": AuthError,
    "AccountTakedown": AuthError,
    "ExpiredToken": AuthError,
    "InvalidToken": AuthError,
    # An upload that nothing refers to yet is thrown away after a while; it is then uploaded again.
    "BlobNotFound": UploadGoneError,
    "InvalidSwap": RecordDiffersError,
    "RecordNotFound": RecordMissingError,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A server's answer."""

    values: Mapping[str, Any]
    headers: Mapping[str, str]

    @property
    def remaining(self) -> tuple[Remaining, ...]:
        """How many posts are left, if the server says so."""
        count, at = self.headers.get("ratelimit-remaining", ""), read_time(self.headers.get("ratelimit-reset", ""))
        if not count.isdecimal() or at is None:
            return ()
        scope = _whom_it_binds(self.headers)
        return (Remaining(scope, int(count) // (POINTS_A_POST if scope is Scope.CHANNEL else 1), at),)


class Xrpc:
    """One call a method, to any server. It remembers connections and nothing else."""

    def __init__(self, seconds: float) -> None:
        self._clients = Clients(seconds)
        self.close = self._clients.close

    def do(self, server: str, method: str, token: str = "", *, needs: tuple[str, ...] = (), **given: Any) -> Told:
        """Call a procedure. `given` is `json`, or `content` and its `content_type`; an answer without `needs` is none.

        Raises a NetworkError, UnknownOutcomeError for everything that may have been done.
        """
        headers = _headers(token)
        if "content_type" in given:
            headers["Content-Type"] = given.pop("content_type")
        with _sorted(token):
            return _read(self._at(server).invoke_procedure(method, headers=headers, **given), needs)

    def ask(self, server: str, method: str, token: str = "", *, needs: tuple[str, ...] = (), **asked: Any) -> Told:
        """Call a query. It changes nothing, so what fails may simply be asked again. Raises a NetworkError."""
        with repeatable(), _sorted(token):
            params: Any = DotDict(asked)
            return _read(self._at(server).invoke_query(method, params=params, headers=_headers(token)), needs)

    def _at(self, server: str) -> ClientBase:
        return ClientBase(server, _Pooled(self._clients.at(server)))


class _Pooled(Request):
    """The library's HTTP over connections of our own. They follow no redirect: one could carry a password elsewhere."""

    def __init__(self, client: httpx.Client) -> None:
        super(Request, self).__init__()
        self._client = client


@contextmanager
def repeatable() -> Iterator[None]:
    """For what may be called once more without harm: its outcome is never unknown."""
    try:
        yield
    except UnknownOutcomeError as error:
        raise TemporaryError(error.words) from None


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _read(response: Response, needs: tuple[str, ...]) -> Told:
    """The answer's fields; the library's typed answers would refuse a server that says more or less than they know."""
    values = response.content if isinstance(response.content, dict) else {}
    if not all(name in values for name in needs):
        raise UnknownOutcomeError(UNREADABLE)
    return Told(values, response.headers)


@contextmanager
def _sorted(token: str) -> Iterator[None]:
    """Turn what the library raises, or lets through, into a NetworkError."""
    try:
        yield
    except RequestErrorBase as error:
        if error.response is None:
            raise _unanswered(error.__cause__) from None
        raise _refused(error.response, token) from None
    except (httpx.HTTPError, httpx.InvalidURL, AtProtocolError, ValueError) as error:
        raise _unanswered(error) from None


def _unanswered(cause: BaseException | None) -> NetworkError:
    return failed_call(cause) if isinstance(cause, httpx.HTTPError) else UnknownOutcomeError(UNREADABLE)


def _refused(response: Response, token: str) -> NetworkError:
    """Sort an error that the server named, or else by its status."""
    told = response.content if isinstance(response.content, XrpcError) else XrpcError("", None)
    words = clean(told.message or told.error or "", [token])
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        app_wide = _whom_it_binds(response.headers) is Scope.APP
        return RateLimitedError(words or "HTTP 429", _wait(response), app_wide=app_wide)
    if response.status_code < httpx.codes.INTERNAL_SERVER_ERROR and (kind := NAMED.get(told.error)):
        return kind(words)
    return failed_answer(response, words, [token])


def _wait(response: Response) -> timedelta | None:
    """Until when the server wants to be left alone: Retry-After, or its own header, in seconds since 1970."""
    at = read_time(response.headers.get("ratelimit-reset", ""))
    return retry_after(response) or (max(at - datetime.now(UTC), timedelta()) if at else None)


def _whom_it_binds(headers: Mapping[str, str]) -> Scope:
    """Points of an hour and of a day are the account's; what is counted in minutes is our address's, so everybody's."""
    window = headers.get("ratelimit-policy", "").partition("w=")[2]
    return Scope.APP if window.isdecimal() and int(window) < HOUR else Scope.CHANNEL
