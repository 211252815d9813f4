"""Connecting an account with an app password, which is used once and not kept: the session's two tokens are.

Sources: lexicons com.atproto.server.*; atproto.com/specs/xrpc, "Authentication".
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from social_publisher.networks.base import ACCOUNT_ID, Account
from social_publisher.networks.bluesky.addresses import profile_page
from social_publisher.networks.bluesky.xrpc import Xrpc, repeatable
from social_publisher.networks.connect import App, Connection, Connector, Grant, Identity, Question
from social_publisher.networks.errors import AuthError, NetworkError, RefusedError
from social_publisher.networks.http import clean
from social_publisher.networks.servers import server_address

SERVER = "server"
ACCESS, REFRESH = "access", "refresh"
SESSION = ("accessJwt", "refreshJwt", "handle", "did")
# How long an access token opens anything, where it cannot be read from the token itself.
ACCESS_LASTS = timedelta(minutes=120)

_DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]+")
EXAMPLE = "bsky.social"


class BlueskyConnector(Connector):
    """An account's server, its handle and an app password."""

    def __init__(self, xrpc: Xrpc, default_server: str, *, allow_loopback: bool) -> None:
        self._xrpc, self._default_server, self._allow_loopback = xrpc, default_server, allow_loopback

    def questions(self) -> Sequence[Question]:
        return (
            Question(
                "server",
                _("Server"),
                _("Leave it empty for bsky.social, or name the account's own server."),
                required=False,
            ),
            Question(
                "handle", _("Handle"), _("Such as name.bsky.social, or the account's DID; not an e-mail address.")
            ),
            Question(
                "password",
                _("App password"),
                _("Made in Bluesky under Settings, Privacy and security, App passwords. Not the account's own."),
                secret=True,
            ),
        )

    def server(self, answers: Mapping[str, str]) -> str:
        typed = answers.get("server", "").strip() or self._default_server
        return server_address(typed, EXAMPLE, allow_loopback=self._allow_loopback)

    def sign_in(self, answers: Mapping[str, str]) -> Sequence[Connection]:
        server, name = self.server(answers), _identifier(answers["handle"])
        password = answers["password"].strip()
        values = {"identifier": name, "password": password}
        try:
            with repeatable():
                session = self._xrpc.do(server, "com.atproto.server.createSession", needs=SESSION, json=values).values
        except (AuthError, RefusedError) as error:
            message = _(
                "%(server)s did not let %(name)s in (%(words)s). Check the server and the handle, make a new app"
                " password in Bluesky under Settings, Privacy and security, App passwords, and type that."
            )
            said = {"server": server.partition("://")[2], "name": name, "words": clean(error.words, [password])}
            raise RefusedError(message % said) from None
        if session.get("active") is False:
            message = _("This account is not active (%(status)s). Make it active on its server first.")
            raise RefusedError(message % {"status": session.get("status") or _("no reason was given")})
        grant, home = _grant(session), self._home(session, server)
        identity = self._identity(home, grant.credentials[ACCESS], session["did"], session["handle"])
        return [Connection(identity, grant)]

    def check(self, account: Account) -> Identity:
        server, token = account.settings[SERVER], account.credentials[ACCESS]
        session = self._xrpc.ask(server, "com.atproto.server.getSession", token, needs=("handle", "did")).values
        if session.get("active") is False:
            raise AuthError(_("This account is not active. Make it active on its server."))
        return self._identity(server, token, session["did"], session["handle"])

    def refresh(self, app: App | None, account: Account) -> Grant:
        """Take a new pair of tokens. The old one stays good for two hours, so a lost answer is asked for again."""
        server, token = account.settings[SERVER], account.credentials[REFRESH]
        with repeatable():
            session = self._xrpc.do(server, "com.atproto.server.refreshSession", token, needs=SESSION).values
        if session["did"] != account.settings[ACCOUNT_ID]:
            raise AuthError(_("The server answered for another account. Connect this one again."))
        return _grant(session)

    def _home(self, session: Mapping[str, Any], typed: str) -> str:
        """The server that keeps the account, which need not be the one that signs it in."""
        document = session.get("didDoc")
        for service in document.get("service", ()) if isinstance(document, Mapping) else ():
            if isinstance(service, Mapping) and str(service.get("id", "")).endswith("#atproto_pds"):
                endpoint = str(service.get("serviceEndpoint", ""))
                try:
                    return server_address(endpoint, EXAMPLE, allow_loopback=self._allow_loopback)
                except RefusedError:
                    return typed
        return typed

    def _identity(self, server: str, token: str, did: str, handle: str) -> Identity:
        profile = self._profile(server, token, did)
        return Identity(
            account_id=did,
            handle=handle,
            name=str(profile.get("displayName") or handle),
            page_url=profile_page(handle, did),
            picture_url=str(profile.get("avatar") or ""),
            settings={SERVER: server},
        )

    def _profile(self, server: str, token: str, did: str) -> Mapping[str, Any]:
        """The public profile. It comes from an AppView behind the server, which may be away, or not there at all."""
        try:
            return self._xrpc.ask(server, "app.bsky.actor.getProfile", token, actor=did).values
        except NetworkError:
            return {}


def _identifier(typed: str) -> str:
    """The handle or DID that was typed. Copied handles bring invisible marks of direction along."""
    name = "".join(sign for sign in typed if unicodedata.category(sign) != "Cf").strip().removeprefix("@")
    if "@" in name:
        raise RefusedError(_("Give the account's handle, such as name.bsky.social, not its e-mail address."))
    if not name or (name.startswith("did:") and not _DID.fullmatch(name)):
        raise RefusedError(_("Give the account's handle, such as name.bsky.social."))
    return name if name.startswith("did:") else name.lower()


def _grant(session: Mapping[str, Any]) -> Grant:
    access, refresh = str(session["accessJwt"]), str(session["refreshJwt"])
    expires_at = _end_of(access) or datetime.now(UTC) + ACCESS_LASTS
    return Grant({ACCESS: access, REFRESH: refresh}, expires_at=expires_at, renews=True)


def _end_of(token: str) -> datetime | None:
    """When a token ends, from its `exp` (RFC 7519, 4.1.4). It is not verified here: that is its server's part."""
    try:
        claims = token.split(".")[1]
        return datetime.fromtimestamp(
            json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["exp"], UTC
        )
    except (ValueError, LookupError, TypeError, OverflowError, OSError):
        return None
