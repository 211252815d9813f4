"""Connecting the pages a person may post on. Sources: "Manually Build a Login Flow", "Long-Lived Access Tokens"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from social_publisher.networks.base import ACCOUNT_ID, Account
from social_publisher.networks.connect import App, Challenge, Connection, Connector, Grant, Identity, with_query
from social_publisher.networks.errors import AuthError, RefusedError
from social_publisher.networks.facebook.graph import Graph

PAGES = "https://www.facebook.com"
# Without these nothing can be sent, or nothing be settled that is unknown.
NEEDED = ("pages_show_list", "pages_manage_posts", "pages_read_engagement")
IDENTITY = "id,name,username,link,picture{url}"
# The task of a person on a page that lets an app post for them.
MAY_POST = "CREATE_CONTENT"


class FacebookConnector(Connector):
    """A person's permission, of which only the tokens of their pages are kept.

    A page's token that comes from a long-lived token of a person does not expire by itself.
    """

    oauth = True
    # pages_read_user_content is for the reactions and comments of readers, read_insights for views and clicks.
    scopes = (*NEEDED, "pages_read_user_content", "read_insights")

    def __init__(self, graph: Graph, dialog: str) -> None:
        self._graph, self._dialog = graph, dialog

    def authorize_url(self, app: App, redirect_uri: str, challenge: Challenge) -> str:
        """The login dialog; "rerequest" has it ask again for what a person has declined before."""
        return with_query(
            self._dialog,
            client_id=app.client_id,
            redirect_uri=redirect_uri,
            state=challenge.state,
            response_type="code",
            scope=",".join(self.scopes),
            auth_type="rerequest",
            code_challenge=challenge.code_challenge,
            code_challenge_method="S256",
        )

    def exchange(self, app: App, redirect_uri: str, code: str, challenge: Challenge) -> Sequence[Connection]:
        """One connection a page. Raises RefusedError where the person may post on none, or has not allowed it."""
        keys = {"client_id": app.client_id, "client_secret": app.client_secret}
        proof = {"redirect_uri": redirect_uri, "code": code, "code_verifier": challenge.verifier}
        short = self._graph.exchange({**keys, **proof})["access_token"]
        longer = {"grant_type": "fb_exchange_token", "fb_exchange_token": short}
        token = self._graph.exchange({**keys, **longer})["access_token"]
        scopes = self._granted(token)
        pages = self._graph.pages(token, "/me/accounts", fields=f"{IDENTITY},access_token,tasks", limit="100")
        found = [
            Connection(_identity(page), Grant({"token": page["access_token"]}, scopes))
            for page in pages
            if MAY_POST in page.get("tasks", ()) and page.get("access_token")
        ]
        if not found:
            raise RefusedError(
                _("You may post on none of the pages. Choose one in the dialog, or ask for the right to post.")
            )
        return found

    def check(self, account: Account) -> Identity:
        page = self._graph.ask(
            account.credentials["token"], f"/{account.settings[ACCOUNT_ID]}", fields=f"{IDENTITY},can_post"
        )
        if page.get("can_post") is False:
            raise AuthError(_("The permission to post on this page is gone. Connect it again."))
        return _identity(page)

    def _granted(self, token: str) -> tuple[str, ...]:
        """What the person allowed: each permission can be declined alone."""
        told = self._graph.pages(token, "/me/permissions", limit="100")
        granted = tuple(entry["permission"] for entry in told if entry["status"] == "granted")
        if missing := [scope for scope in NEEDED if scope not in granted]:
            message = _("These permissions were not given: %(missing)s. Connect again and allow them.")
            raise RefusedError(message % {"missing": ", ".join(missing)})
        return granted


def _identity(page: Mapping[str, Any]) -> Identity:
    """A page as Facebook shows it. Not every page has a user name."""
    return Identity(
        account_id=page["id"],
        handle=page.get("username") or page["id"],
        name=page["name"],
        page_url=page.get("link") or f"{PAGES}/{page['id']}",
        picture_url=page.get("picture", {}).get("data", {}).get("url", ""),
    )
