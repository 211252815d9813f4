"""Calls to one server through Mastodon.py, sorted by what the server itself said.

Mastodon.py's errors hold neither status nor headers, and it also raises for a success whose headers or fields it cannot
read. So each call has a session of its own that keeps the answer, and the answer alone decides. The connections behind
the sessions are shared, and any thread may use them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import requests
from django.utils.translation import gettext as _
from mastodon import Mastodon
from requests.adapters import HTTPAdapter

from social_publisher.networks.base import Account, Remaining, Scope
from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from social_publisher.networks.http import (
    CONNECT_SECONDS,
    clean,
    failed_answer,
    failed_call,
    read_time,
    speaks_json,
    words_of,
)
from social_publisher.networks.mastodon.limits import GOTOSOCIAL, KIND, SERVER
from social_publisher.networks.public import PublicAdapter

TOKEN = "token"  # noqa: S105
UNREADABLE = "The server's answer could not be read."
USER_AGENT = "Campaign site"
CONNECTIONS = 32
# What Mastodon.py takes every server to be, so that it need not ask. An older one answers 404 to what it does not know.
SPOKEN_VERSION = "4.4.0"
MISSING = {httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED, httpx.codes.GONE}


class MissingError(RefusedError):
    """404, 405 or 410. `said`: the API itself says that there is no such thing, not whatever stands before it."""

    def __init__(self, words: str, *, said: bool) -> None:
        super().__init__(words)
        self.said = said


@dataclass(frozen=True, slots=True)
class Told:
    """A success: its JSON as it came, its status, and what the headers say is left."""

    values: Any
    status: int
    remaining: tuple[Remaining, ...] = ()


class Session(requests.Session):
    """One call's session: it keeps what came back, follows no redirect and believes no proxy variable."""

    def __init__(self, adapter: HTTPAdapter, waits: tuple[float, float]) -> None:
        super().__init__()
        self.trust_env = False
        self.mount("https://", adapter)
        self.mount("http://", adapter)
        self.waits = waits
        self.answer: requests.Response | None = None
        self.failure: requests.RequestException | None = None

    def request(self, *args: Any, **given: Any) -> requests.Response:
        try:
            answer = super().request(*args, **{**given, "timeout": self.waits, "allow_redirects": False})
        except requests.RequestException as error:
            self.failure = error
            raise
        # Mastodon.py gives a Python warning for every call that bears it.
        answer.headers.pop("deprecation", None)
        self.answer = answer
        return answer


class Api:
    """Every server's API: one call, what it told, or a NetworkError."""

    def __init__(self, seconds: float) -> None:
        self._waits = (min(seconds, CONNECT_SECONDS), seconds)
        self._adapter = PublicAdapter(pool_connections=CONNECTIONS, pool_maxsize=CONNECTIONS)

    def close(self) -> None:
        """Close what is open; what is asked for later is opened anew."""
        self._adapter.close()

    def do(self, account: Account, call: Callable[[Mastodon], object]) -> Told:
        """Make one call of Mastodon.py's as the account. What may have been taken is UnknownOutcomeError."""
        try:
            server, token = account.settings[SERVER], account.credentials[TOKEN]
        except KeyError:
            raise AuthError(_("The channel is not connected to its account. Connect it.")) from None
        session = Session(self._adapter, self._waits)
        client = Mastodon(
            api_base_url=server,
            access_token=token,
            session=session,
            user_agent=USER_AGENT,
            ratelimit_method="throw",
            mastodon_version=SPOKEN_VERSION,
            version_check_mode="created",
        )
        try:
            call(client)
        except Exception:
            if session.answer is None and session.failure is None:
                raise
        # GoToSocial counts calls by where they come from, Mastodon by account.
        scope = Scope.APP if account.settings.get(KIND) == GOTOSOCIAL else Scope.CHANNEL
        return _told(session, scope, (token,))

    def ask(self, account: Account, call: Callable[[Mastodon], object]) -> Any:
        """Return what a call told that changes nothing: what fails may simply be asked again."""
        try:
            return self.do(account, call).values
        except (AuthError, MissingError, TemporaryError):
            raise
        except NetworkError as error:
            raise TemporaryError(error.words) from None

    def get(self, server: str, path: str, token: str) -> Any:
        """GET what Mastodon.py cannot ask for on every server."""
        try:
            return self._plain("GET", f"{server}{path}", (token,), headers={"Authorization": f"Bearer {token}"}).values
        except UnknownOutcomeError as error:
            raise TemporaryError(error.words) from None

    def post(self, server: str, path: str, form: Mapping[str, str], *secrets: str) -> Mapping[str, Any]:
        """POST what publishes nothing, and so leaves nothing open. A 4xx is RefusedError."""
        try:
            values = self._plain("POST", f"{server}{path}", secrets, data=dict(form)).values
        except UnknownOutcomeError as error:
            raise TemporaryError(error.words) from None
        except AuthError as error:
            raise RefusedError(error.words) from None
        if not isinstance(values, Mapping):
            raise TemporaryError(UNREADABLE)
        return values

    def _plain(self, method: str, url: str, secrets: tuple[str, ...], **given: Any) -> Told:
        session = Session(self._adapter, self._waits)
        session.headers["User-Agent"] = USER_AGENT
        try:
            session.request(method, url, **given)
        except requests.RequestException as error:
            raise failed_call(error) from None
        return _told(session, Scope.CHANNEL, secrets)


def _told(session: Session, scope: Scope, secrets: tuple[str, ...]) -> Told:
    answer, failure = session.answer, session.failure
    if answer is None:
        raise failed_call(failure or requests.RequestException())
    try:
        values = answer.json()
    except ValueError:
        values = None
    if not 200 <= answer.status_code < 300:
        raise _sorted(answer, values, scope, secrets)
    if values is None:
        raise UnknownOutcomeError(UNREADABLE)
    return Told(values, answer.status_code, _remaining(answer, scope))


def _sorted(answer: requests.Response, values: Any, scope: Scope, secrets: tuple[str, ...]) -> NetworkError:
    """403 is the account's: suspended, unconfirmed, or without the scope. The rest is as everywhere."""
    words = words_of(values)
    if answer.status_code == httpx.codes.FORBIDDEN and speaks_json(answer):
        return AuthError(clean(words, secrets) or "HTTP 403")
    if answer.status_code in MISSING:
        return MissingError(clean(words, secrets) or f"HTTP {answer.status_code}", said=bool(words))
    failure = failed_answer(answer, words, secrets)
    if isinstance(failure, RateLimitedError):
        failure.app_wide = scope is Scope.APP
    return failure


def _remaining(answer: requests.Response, scope: Scope) -> tuple[Remaining, ...]:
    """docs.joinmastodon.org, Rate limits: X-RateLimit-Remaining until X-RateLimit-Reset."""
    count, resets_at = answer.headers.get("x-ratelimit-remaining", ""), answer.headers.get("x-ratelimit-reset", "")
    at = read_time(resets_at)
    return (Remaining(scope, int(count), at),) if count.isdecimal() and at is not None else ()
