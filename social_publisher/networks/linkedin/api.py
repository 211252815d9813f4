"""LinkedIn's API: one call, its answer or a NetworkError. Source: learn.microsoft.com/linkedin, API Guide, Concepts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from django.utils.translation import gettext as _

from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from social_publisher.networks.http import Clients, clean, failed_answer, failed_call, words_of

API = "https://api.linkedin.com"
SITE = "https://www.linkedin.com"
# Marketing API Versioning: a month, YYYYMM, kept for at least a year.
VERSION = "202610"
SECONDS = 20.0
OWN = re.compile(r"https://(?:[a-z0-9-]+\.)*linkedin\.com")
UNREADABLE = "LinkedIn's answer could not be read."


class LinkedInApi:
    """Calls of one version of the API. `base` is the API's address, `site` that of the pages where people sign in."""

    def __init__(self, base: str, site: str, version: str, seconds: float) -> None:
        self.site = site
        self._base, self._version, self._clients = base, version, Clients(seconds)
        self.close = self._clients.close

    def request(self, token: str, method: str, path: str, restli: str = "", body: Any = None) -> httpx.Response:
        """Return the answer, good or bad. Raises TemporaryError or UnknownOutcomeError where there is none.

        `restli` is the Rest.li method where the HTTP method does not say it.
        """
        headers = {
            "Authorization": f"Bearer {token}",
            "LinkedIn-Version": self._version,
            "X-Restli-Protocol-Version": "2.0.0",
            **({"X-RestLi-Method": restli} if restli else {}),
        }
        try:
            return self._clients.at(self._base).request(method, path, headers=headers, json=body)
        except httpx.HTTPError as error:
            raise failed_call(error) from None

    def act(self, token: str, path: str, body: Any) -> Any:
        """Call an action, which publishes nothing, and return its value."""
        response = self.request(token, "POST", path, body=body)
        if not response.is_success:
            raise self.failure(response, token)
        answer = json_of(response) if response.content else {}
        if not isinstance(answer, Mapping):
            raise UnknownOutcomeError(UNREADABLE)
        return answer.get("value")

    def ask(self, token: str, path: str, restli: str = "") -> Mapping[str, Any]:
        """Read something that must be there. Whatever fails may be asked again: never "unknown"."""
        found = self.ask_for(token, path, restli)
        if found is None:
            raise RefusedError(_("LinkedIn does not have what was asked for."))
        return found

    def ask_for(self, token: str, path: str, restli: str = "") -> Mapping[str, Any] | None:
        """Read something that may be gone; None when it is."""
        try:
            response = self.request(token, "GET", path, restli)
            if response.status_code == httpx.codes.NOT_FOUND:
                return None
            if not response.is_success:
                raise self.failure(response, token)
        except UnknownOutcomeError as error:
            raise TemporaryError(error.words) from None
        answer = json_of(response)
        if not isinstance(answer, Mapping):
            raise TemporaryError(UNREADABLE)
        return answer

    def put(self, url: str, content: bytes, token: str = "") -> httpx.Response:
        """Send bytes where LinkedIn said they go, with the token where that place wants it; to nobody but LinkedIn."""
        origin = _origin(url)
        if not self._is_own(origin):
            raise RefusedError(_("LinkedIn named an upload address that is not its own; nothing was sent there."))
        headers = {"Content-Type": "application/octet-stream"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            response = self._clients.at(origin).put(url, content=content, headers=headers)
        except httpx.HTTPError as error:
            raise failed_call(error) from None
        if not response.is_success:
            raise failed_answer(response, words_of(json_of(response)), [token])
        return response

    def sign_in(self, form: Mapping[str, str]) -> httpx.Response:
        """Ask for a token with a code or a refresh token. Nothing is public by it: no answer is only temporary."""
        try:
            return self._clients.at(self.site).post("/oauth/v2/accessToken", data=dict(form))
        except httpx.HTTPError as error:
            raise TemporaryError(failed_call(error).words) from None

    def failure(self, response: httpx.Response, token: str) -> NetworkError:
        """Sort an answer that is no success.

        A version that LinkedIn has ended holds the channel as a lost permission does: its posts wait, and people are
        told. Daily limits end at midnight UTC (Rate Limits).
        """
        words = words_of(json_of(response))
        if response.status_code == httpx.codes.UPGRADE_REQUIRED:
            message = _("LinkedIn has ended version %(version)s of its API. An administrator has to set a newer one.")
            return AuthError(message % {"version": self._version})
        if response.status_code == httpx.codes.FORBIDDEN:
            return AuthError(clean(words, [token]) or "HTTP 403")
        error = failed_answer(response, words, [token])
        if isinstance(error, RateLimitedError) and error.retry_after is None:
            return RateLimitedError(error.words, until_midnight(datetime.now(UTC)))
        return error

    def _is_own(self, origin: str) -> bool:
        """Whether bytes and a token may go there."""
        return OWN.fullmatch(origin) is not None or origin in {_origin(self._base), _origin(self.site)}


def urn(value: str) -> str:
    """A URN as it stands in an address (Protocol Versions: encoded once, its colons too)."""
    return quote(value, safe="")


def urns(values: Iterable[str]) -> str:
    """A list of URNs as it stands in a query."""
    return f"List({','.join(map(urn, values))})"


def until_midnight(now: datetime) -> timedelta:
    """How long it is to the next midnight UTC."""
    return timedelta(days=1) - (now - now.replace(hour=0, minute=0, second=0, microsecond=0))


def json_of(response: httpx.Response) -> Any:
    """The answer's JSON; None for what is none."""
    try:
        return response.json()
    except ValueError:
        return None


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
