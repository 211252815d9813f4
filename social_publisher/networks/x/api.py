"""Calls to X through python-twitter-v2, with our connections, time-outs and errors in place of its own."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import pytwitter
import requests
from authlib.common.errors import AuthlibBaseError
from django.utils.translation import gettext as _

from social_publisher.networks.connect import App
from social_publisher.networks.errors import RefusedError, TemporaryError, UnknownOutcomeError
from social_publisher.networks.http import CONNECT_SECONDS, failed_call
from social_publisher.networks.public import PublicAdapter
from social_publisher.networks.x.errors import UNREADABLE, sort

POOL = 50
# What the token page says when the app's own keys are wrong (RFC 6749, 5.2).
BAD_APP = frozenset({"invalid_client", "unauthorized_client"})


class BadAppError(RefusedError):
    """X does not accept this installation's keys."""

    def __init__(self) -> None:
        super().__init__(_("X does not accept the app's client ID and secret. An administrator enters them again."))


class Client(pytwitter.Api):
    """The library for one token and one task. It raises our errors alone, and keeps the last answer's headers."""

    def __init__(self, base: str, session: requests.Session, waits: tuple[float, float], **keys: Any) -> None:
        super().__init__(**keys)
        self.session, self.timeout = session, waits
        self.BASE_URL_V2 = f"{base}/2"
        self.BASE_UPLOAD_URL = f"{base}/1.1"
        self.BASE_OAUTH2_ACCESS_TOKEN_URL = f"{base}/2/oauth2/token"
        self.BASE_REQUEST_TOKEN_URL = f"{base}/oauth/request_token"
        self.BASE_ACCESS_TOKEN_URL = f"{base}/oauth/access_token"
        self.headers: Mapping[str, str] = {}
        self._secrets = [str(keys.get("bearer_token") or "")]

    def _request(
        self,
        url: str,
        verb: str = "GET",
        params: Any = None,
        data: Any = None,
        json: Any = None,
        files: Any = None,
        enforce_auth: bool = True,
    ) -> requests.Response:
        """Call, and return a success. Raises a NetworkError."""
        given = {"params": params, "data": data, "json": json, "files": files}
        try:
            response = self.session.request(
                verb, url, **given, auth=self._auth, timeout=self.timeout, allow_redirects=False
            )
        except requests.RequestException as error:
            raise failed_call(error) from None
        self.headers = response.headers
        if not _is_success(response):
            raise sort(response, _read(response), self._secrets)
        return response

    @staticmethod
    def _parse_response(resp: requests.Response) -> dict[str, Any]:
        """A success's JSON. Raises UnknownOutcomeError for what cannot be read."""
        answer = _read(resp)
        if not isinstance(answer, dict):
            raise UnknownOutcomeError(UNREADABLE)
        return answer

    def ask(self, path: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """GET: whatever fails may simply be asked again, for nothing of ours was refused and nothing is left open."""
        try:
            return self._parse_response(self._request(f"{self.BASE_URL_V2}{path}", params=params))
        except (UnknownOutcomeError, RefusedError) as error:
            raise TemporaryError(error.words) from error


class XApi:
    """Connections to X, for all accounts and threads."""

    def __init__(self, base: str, seconds: float) -> None:
        self._base, self._waits = base, (min(seconds, CONNECT_SECONDS), seconds)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, PublicAdapter(pool_maxsize=POOL))
        self.close = self._session.close

    def client(self, token: str) -> Client:
        """What acts for an account."""
        return Client(self._base, self._session, self._waits, bearer_token=token)

    def sign_in(self, app: App, code: str, verifier: str, redirect_uri: str) -> Mapping[str, Any]:
        """Turn a code into tokens. Raises RefusedError for a code that is not or no longer good."""
        given = {"code": code, "code_verifier": verifier, "redirect_uri": redirect_uri}
        return self._tokens(app, "fetch_token", given)

    def renew(self, app: App, refresh_token: str) -> Mapping[str, Any]:
        """Turn a refresh token into new tokens; it is good once. Raises RefusedError for one that is not good."""
        return self._tokens(app, "refresh_token", {"refresh_token": refresh_token})

    def _tokens(self, app: App, call: str, given: Mapping[str, str]) -> Mapping[str, Any]:
        client = Client(
            self._base,
            self._session,
            self._waits,
            client_id=app.client_id,
            client_secret=app.client_secret or None,
            oauth_flow=True,
            scopes=[],
        )
        secrets = [app.client_secret, *given.values()]

        def checked(response: requests.Response) -> requests.Response:
            if not _is_success(response):
                raise _no_tokens(response, secrets)
            return response

        with client._get_oauth2_session(default_timeout=self._waits) as session:
            session.trust_env = False
            session.mount("https://", PublicAdapter())
            session.register_compliance_hook("access_token_response", checked)
            session.register_compliance_hook("refresh_token_response", checked)
            try:
                tokens: Mapping[str, Any] = getattr(session, call)(
                    client.BASE_OAUTH2_ACCESS_TOKEN_URL, allow_redirects=False, **given
                )
            except requests.RequestException as error:
                raise TemporaryError(failed_call(error).words) from None
            except UnicodeError:
                raise BadAppError from None
            except AuthlibBaseError:
                raise TemporaryError(UNREADABLE) from None
        if not tokens.get("access_token") or not isinstance(tokens.get("expires_in"), int):
            raise TemporaryError(UNREADABLE)
        return tokens


def _no_tokens(response: requests.Response, secrets: list[str]) -> TemporaryError | RefusedError:
    """Sort the token page's no. Nothing of it is public, so nothing is left open: a person or the clock asks again."""
    answer = _read(response)
    if isinstance(answer, Mapping) and answer.get("error") in BAD_APP:
        return BadAppError()
    failure = sort(response, answer, secrets)
    if isinstance(failure, TemporaryError):
        return failure
    return TemporaryError(failure.words) if isinstance(failure, UnknownOutcomeError) else RefusedError(failure.words)


def _is_success(response: requests.Response) -> bool:
    return 200 <= response.status_code < 300


def _read(response: requests.Response) -> Any:
    """The answer's JSON; None when it has none."""
    try:
        return response.json()
    except ValueError:
        return None
