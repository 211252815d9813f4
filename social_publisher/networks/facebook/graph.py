"""The Graph API: one call, its answer or a NetworkError."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
from django.utils.translation import gettext as _

from social_publisher.networks.base import Remaining, Scope
from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from social_publisher.networks.http import Clients, clean, failed_answer, failed_call, retry_after

# "Rate Limits": 4 the app, 17 a person, 32 a page, 613 one kind of call, 80001 a page; "Handling Errors": 341.
TOO_MANY = frozenset({4, 17, 32, 341, 613, 80001})
APP_WIDE = frozenset({4, 341})
# "Handling Errors": 190 and 102, the token has ended; 104 and 2500, none that counts came along.
NO_TOKEN = frozenset({102, 104, 190, 2500})
NO_PERMISSION = frozenset({10, *range(200, 300)})
# "Handling Errors": 1 and 2 are an outage, and posts have been seen to be out after them.
OUTAGE = frozenset({1, 2})
BLOCKED = 368
GONE = (100, 33)
# Values that no error may repeat.
SECRET = frozenset({"client_secret", "code", "code_verifier", "fb_exchange_token"})
# "Batch Requests": at most 50 in one.
BATCH = 50


class ForbiddenError(AuthError):
    """The token is good, and this is not among its permissions."""


class GoneError(RefusedError):
    """There is no such post, picture or video for us."""


class Graph:
    """One version of the Graph API."""

    def __init__(self, base: str, version: str, seconds: float) -> None:
        self._base, self._version, self._clients = base, version, Clients(seconds)
        self.close = self._clients.close

    def ask(self, token: str, path: str, **asked: str) -> Any:
        """GET. What fails may simply be asked again: never "unknown"."""
        with only_reading():
            return self._call("GET", path, token, params=asked).json()

    def post(
        self, token: str, path: str, values: Mapping[str, str], files: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        """POST a form. The answer's body is readable JSON."""
        return self._call("POST", path, token, data=dict(values), files=files)

    def delete(self, token: str, path: str) -> Any:
        """DELETE. Raises GoneError where there is nothing."""
        return self._call("DELETE", path, token).json()

    def exchange(self, values: Mapping[str, str]) -> Any:
        """Ask the token endpoint. Its secrets go in the body; the documentation shows them in the address."""
        with only_reading():
            return self._call("POST", "/oauth/access_token", data=dict(values)).json()

    def pages(self, token: str, path: str, **asked: str) -> Iterator[Any]:
        """GET a list to its end, which is where no next page is named ("Paginated Results"); pages may be empty.

        The address of the next page holds the token, so only its other parameters are taken.
        """
        while asked:
            answer = self.ask(token, path, **asked)
            yield from answer.get("data", ())
            following = urlsplit(answer.get("paging", {}).get("next", "")).query
            asked = {name: value for name, value in parse_qsl(following) if name != "access_token"}

    def batch(self, token: str, addresses: Sequence[str]) -> list[httpx.Response]:
        """GET up to 50 addresses in one call, each with an answer of its own, for `told`.

        "Batch Requests": the token is a parameter of the body; what was not finished in time is null.
        """
        assert len(addresses) <= BATCH
        wanted = [{"method": "GET", "relative_url": address} for address in addresses]
        values = {"batch": json.dumps(wanted), "include_headers": "false", "access_token": token}
        with only_reading():
            answers = self._call("POST", "/", token, data=values).json()
        if None in answers or len(answers) != len(addresses):
            raise TemporaryError(_("Facebook did not finish in time."))
        return [httpx.Response(answer["code"], text=answer["body"]) for answer in answers]

    def told(self, response: httpx.Response, token: str) -> Any:
        """The body of one answer of a batch. Raises a NetworkError."""
        with only_reading():
            return checked(response, [token]).json()

    def _call(self, method: str, path: str, token: str = "", **given: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        secrets = [token, *(value for name, value in given.get("data", {}).items() if name in SECRET)]
        try:
            response = self._clients.at(self._base).request(method, f"/{self._version}{path}", headers=headers, **given)
        except httpx.HTTPError as error:
            raise failed_call(error) from None
        return checked(response, secrets)


@contextmanager
def only_reading() -> Iterator[None]:
    """What changes nothing has no unknown outcome."""
    try:
        yield
    except UnknownOutcomeError as error:
        raise TemporaryError(error.words) from None


def checked(response: httpx.Response, secrets: Sequence[str]) -> httpx.Response:
    """The answer, if it is a success with readable JSON."""
    try:
        answer = response.json()
    except ValueError:
        if response.is_success:
            raise UnknownOutcomeError("The network's answer could not be read.") from None
        raise failed_answer(response, "") from None
    error = answer.get("error") if isinstance(answer, Mapping) else None
    if response.is_success and error is None:
        return response
    raise _sorted(response, error if isinstance(error, Mapping) else {}, secrets)


def remaining(response: httpx.Response) -> tuple[Remaining, ...]:
    """What is left. Facebook tells shares in percent and no counts, so only "nothing, until then" can be handed on."""
    wait = _regain(response)
    return (Remaining(Scope.CHANNEL, 0, datetime.now(UTC) + wait),) if wait else ()


def _sorted(response: httpx.Response, error: Mapping[str, Any], secrets: Sequence[str]) -> NetworkError:
    """Sort by Facebook's code: its HTTP status is 400 for nearly everything.

    A block for breaking a rule is a refusal: a person has to look before anything more is sent.
    """
    code, subcode = error.get("code"), error.get("error_subcode")
    words = clean(str(error.get("error_user_msg") or error.get("message", "")), secrets)
    if code in TOO_MANY:
        return RateLimitedError(words, _regain(response) or retry_after(response), app_wide=code in APP_WIDE)
    if code in NO_TOKEN:
        return AuthError(words)
    if code in NO_PERMISSION:
        return ForbiddenError(words)
    if code == BLOCKED:
        return RefusedError(words)
    if code in OUTAGE or error.get("is_transient"):
        return UnknownOutcomeError(words)
    if (code, subcode) == GONE:
        return GoneError(words)
    return failed_answer(response, words)


def _regain(response: httpx.Response) -> timedelta | None:
    """Read the minutes until calls are taken again ("Rate Limits", X-Business-Use-Case-Usage); None if untold or 0."""
    try:
        usage = json.loads(response.headers.get("x-business-use-case-usage", "{}"))
        told = [use.get("estimated_time_to_regain_access", 0) for uses in usage.values() for use in uses]
        minutes = max(told, default=0)
        return timedelta(minutes=minutes) if minutes > 0 else None
    except (ValueError, AttributeError, TypeError):
        return None
