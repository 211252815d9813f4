"""Connecting X accounts: OAuth 2 with PKCE. Source: docs.x.com, OAuth 2.0 Authorization Code Flow with PKCE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from social_publisher.networks.base import Account
from social_publisher.networks.connect import App, Challenge, Connection, Connector, Grant, Identity, with_query
from social_publisher.networks.errors import AuthError, RefusedError, TemporaryError
from social_publisher.networks.x.api import BadAppError, XApi
from social_publisher.networks.x.errors import UNREADABLE

PAGES = "https://x.com"


class XConnector(Connector):
    """A person signs in as the account. Access lasts two hours and renews itself.

    The app's secret is empty for one that X calls a public client. A refresh token is good once, and X ends the whole
    permission when one is used again: whoever refreshes holds the credential's lock.
    """

    oauth = True
    scopes = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")

    def __init__(self, api: XApi, authorize: str) -> None:
        self._api, self._authorize = api, authorize

    def authorize_url(self, app: App, redirect_uri: str, challenge: Challenge) -> str:
        return with_query(
            self._authorize,
            response_type="code",
            client_id=app.client_id,
            redirect_uri=redirect_uri,
            scope=" ".join(self.scopes),
            state=challenge.state,
            code_challenge=challenge.code_challenge,
            code_challenge_method="S256",
        )

    def exchange(self, app: App, redirect_uri: str, code: str, challenge: Challenge) -> Sequence[Connection]:
        asked_at = datetime.now(UTC)
        grant = self._grant(self._api.sign_in(app, code, challenge.verifier, redirect_uri), asked_at)
        if missing := set(self.scopes) - set(grant.scopes):
            told = _("X did not grant %(scopes)s. Give the app “Read and write” permissions at X and begin again.")
            raise RefusedError(told % {"scopes": ", ".join(sorted(missing))})
        return [Connection(self._identify(grant.credentials["token"]), grant)]

    def check(self, account: Account) -> Identity:
        return self._identify(account.credentials["token"])

    def refresh(self, app: App | None, account: Account) -> Grant:
        kept = account.credentials.get("refresh", "")
        if app is None or not kept:
            raise AuthError(_("X wants to be asked again. Connect the account again."))
        asked_at = datetime.now(UTC)
        try:
            return self._grant(self._api.renew(app, kept), asked_at)
        except BadAppError:
            raise
        except RefusedError as error:
            raise AuthError(error.words) from None

    def _grant(self, tokens: Mapping[str, Any], asked_at: datetime) -> Grant:
        refresh = tokens.get("refresh_token", "")
        return Grant(
            {"token": tokens["access_token"], **({"refresh": refresh} if refresh else {})},
            tuple(tokens.get("scope", "").split()) or self.scopes,
            asked_at + timedelta(seconds=tokens["expires_in"]),
            renews=bool(refresh),
        )

    def _identify(self, token: str) -> Identity:
        user = (
            self._api.client(token).ask("/users/me", {"user.fields": "id,name,username,profile_image_url"}).get("data")
        )
        if not isinstance(user, Mapping) or not user.get("id") or not user.get("username"):
            raise TemporaryError(UNREADABLE)
        return Identity(
            account_id=user["id"],
            handle=user["username"],
            name=user.get("name") or user["username"],
            page_url=f"{PAGES}/{user['username']}",
            picture_url=user.get("profile_image_url", ""),
        )
