"""Connecting an account on any server: this installation registers itself there, and a person says yes.

Sources: docs.joinmastodon.org, methods apps and oauth; RFC 7636. Mastodon.py's sign-in knows no PKCE and follows
addresses that the server tells, so these few calls are made without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from social_publisher.networks.base import Account
from social_publisher.networks.connect import (
    App,
    Challenge,
    Connection,
    Connector,
    Grant,
    Identity,
    Question,
    with_query,
)
from social_publisher.networks.errors import RefusedError, TemporaryError
from social_publisher.networks.mastodon.api import TOKEN, UNREADABLE, Api, MissingError
from social_publisher.networks.mastodon.limits import SERVER, settings_of
from social_publisher.networks.servers import server_address

CLIENT_NAME = "Campaign site"


class MastodonConnector(Connector):
    """A server's name, and then the server's own page. Permissions do not end by themselves."""

    oauth = True
    # The smallest that let us see who we are, read our own posts back, upload and publish, on every version.
    scopes = ("read:accounts", "read:statuses", "write:statuses", "write:media")
    registers_itself = True

    def __init__(self, api: Api, *, allow_loopback: bool) -> None:
        self._api, self._allow_loopback = api, allow_loopback

    def questions(self) -> Sequence[Question]:
        help_text = _(
            "Where the account is, such as mastodon.social; or the account's full name, @name@mastodon.social."
        )
        return (Question("server", _("Server"), help_text),)

    def server(self, answers: Mapping[str, str]) -> str:
        return server_address(answers.get("server", ""), "mastodon.social", allow_loopback=self._allow_loopback)

    def register(self, server: str, redirect_uri: str, website: str) -> App:
        form = {"client_name": CLIENT_NAME, "redirect_uris": redirect_uri, "scopes": " ".join(self.scopes)}
        try:
            told = self._api.post(server, "/api/v1/apps", {**form, "website": website})
            return App(str(told["client_id"]), str(told["client_secret"]), server)
        except (RefusedError, KeyError) as error:
            message = _(
                "%(server)s did not take us in as a Mastodon server would (%(words)s). Give the address you sign in at."
            )
            words = error.words if isinstance(error, RefusedError) else UNREADABLE
            raise RefusedError(message % {"server": host_of(server), "words": words}) from None

    def authorize_url(self, app: App, redirect_uri: str, challenge: Challenge) -> str:
        return with_query(
            f"{app.server}/oauth/authorize",
            response_type="code",
            client_id=app.client_id,
            redirect_uri=redirect_uri,
            scope=" ".join(self.scopes),
            state=challenge.state,
            code_challenge=challenge.code_challenge,
            code_challenge_method="S256",
        )

    def exchange(self, app: App, redirect_uri: str, code: str, challenge: Challenge) -> Sequence[Connection]:
        form = {
            "grant_type": "authorization_code",
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "redirect_uri": redirect_uri,
            "code": code,
            "code_verifier": challenge.verifier,
        }
        told = self._api.post(app.server, "/oauth/token", form, app.client_secret, code, challenge.verifier)
        token, scopes = str(told.get("access_token") or ""), tuple(str(told.get("scope", "")).split())
        if not token:
            raise TemporaryError(UNREADABLE)
        if missing := [scope for scope in self.scopes if not {scope, scope.partition(":")[0]} & set(scopes)]:
            message = _("The server did not grant %(scopes)s. Connect the account again and allow all of it.")
            raise RefusedError(message % {"scopes": ", ".join(missing)})
        account = Account("", {SERVER: app.server}, {TOKEN: token})
        return [Connection(self.check(account), Grant({TOKEN: token}, scopes))]

    def check(self, account: Account) -> Identity:
        """Who we are there, with the server's limits as they are now."""
        told = self._api.ask(account, lambda client: client.account_verify_credentials())
        server = account.settings[SERVER]
        try:
            return _identity(server, told, self._instance(server, account.credentials[TOKEN]))
        except (KeyError, TypeError, AttributeError):
            raise TemporaryError(UNREADABLE) from None

    def _instance(self, server: str, token: str) -> Mapping[str, Any]:
        """What the server says about itself. Servers before 4.0 have only the older call."""
        try:
            told: Mapping[str, Any] = self._api.get(server, "/api/v2/instance", token)
        except MissingError:
            told = self._api.get(server, "/api/v1/instance", token)
        return told


def _identity(server: str, account: Mapping[str, Any], instance: Mapping[str, Any]) -> Identity:
    """An id is its own server's alone, and so is a name: both bear the server, as they are unique only with it."""
    # GoToSocial may keep its accounts under another domain than its own; the older call may give an address.
    domain = instance.get("account_domain") or instance.get("domain") or instance.get("uri") or host_of(server)
    return Identity(
        account_id=f"{account['id']}@{host_of(server)}",
        handle=f"{account['username']}@{domain.rpartition('//')[2]}",
        name=account.get("display_name") or account["username"],
        page_url=account.get("url") or f"{server}/@{account['username']}",
        picture_url=account.get("avatar_static") or "",
        settings={SERVER: server, **settings_of(instance)},
    )


def host_of(server: str) -> str:
    """A server's host, with its port where it has one of its own."""
    return urlsplit(server).netloc
