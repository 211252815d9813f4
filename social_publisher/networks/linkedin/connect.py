"""Connecting LinkedIn pages: a person signs in, and every page that they may post for can be chosen.

Sources on learn.microsoft.com: Authorization Code Flow, Programmatic Refresh Tokens, Organization Access Control by
Role, Organization Lookup. LinkedIn has PKCE for native apps alone, so no code challenge is sent; the state is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from django.utils.translation import gettext as _

from social_publisher.networks.base import ACCOUNT_ID, Account
from social_publisher.networks.connect import App, Challenge, Connection, Connector, Grant, Identity, with_query
from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from social_publisher.networks.http import failed_answer, words_of
from social_publisher.networks.linkedin.api import SITE, UNREADABLE, LinkedInApi, json_of, urn

# Who may post for a page. The Posts page still says CONTENT_ADMIN.
POSTING_ROLES = {"ADMINISTRATOR", "CONTENT_ADMINISTRATOR", "CONTENT_ADMIN"}
ACLS = "/rest/organizationAcls?q=roleAssignee&state=APPROVED&count={count}&start={start}"
ACLS_A_PAGE = 100


class LinkedInConnector(Connector):
    """OAuth with an app that LinkedIn approved for Community Management. Access lasts 60 days.

    Only some apps are given a refresh token; it lasts a year, and using it does not make it last longer.
    """

    oauth = True
    # Posts API: post, and read posts back; Organization Access Control and Share Statistics: which pages, and counts.
    scopes = ("w_organization_social", "r_organization_social", "rw_organization_admin")

    def __init__(self, api: LinkedInApi) -> None:
        self._api = api

    def authorize_url(self, app: App, redirect_uri: str, challenge: Challenge) -> str:
        return with_query(
            f"{self._api.site}/oauth/v2/authorization",
            response_type="code",
            client_id=app.client_id,
            redirect_uri=redirect_uri,
            state=challenge.state,
            scope=" ".join(self.scopes),
        )

    def exchange(self, app: App, redirect_uri: str, code: str, challenge: Challenge) -> Sequence[Connection]:
        grant = self._grant(app, grant_type="authorization_code", code=code, redirect_uri=redirect_uri)
        return [Connection(identity, grant) for identity in self._pages(grant.credentials["token"])]

    def check(self, account: Account) -> Identity:
        wanted = account.settings[ACCOUNT_ID]
        for identity in self._pages(account.credentials["token"], only=wanted):
            return identity
        raise AuthError(_("Whoever connected this page may no longer post for it. Connect it as its administrator."))

    def refresh(self, app: App | None, account: Account) -> Grant:
        kept = account.credentials.get("refresh", "")
        if app is None or not kept:
            raise AuthError(_("LinkedIn wants to be asked again. Connect the page again."))
        try:
            grant = self._grant(app, grant_type="refresh_token", refresh_token=kept)
        except BadAppError:
            raise
        except RefusedError as error:
            raise AuthError(error.words) from None
        return Grant(grant.credentials, grant.scopes, grant.expires_at, renews=True)

    def _grant(self, app: App, **form: str) -> Grant:
        """What a code or a refresh token gives. Raises RefusedError for one that is not or no longer good."""
        secrets = [app.client_secret, form.get("code", ""), form.get("refresh_token", "")]
        response = self._api.sign_in({**form, "client_id": app.client_id, "client_secret": app.client_secret})
        answer = json_of(response)
        told = answer if isinstance(answer, Mapping) else {}
        if not response.is_success:
            raise _no_grant(response, told, secrets)
        token, lasts, refresh = told.get("access_token"), told.get("expires_in"), told.get("refresh_token", "")
        if not isinstance(token, str) or not isinstance(lasts, int):
            raise TemporaryError(UNREADABLE)
        return Grant(
            {"token": token, **({"refresh": refresh} if refresh else {})},
            tuple(re.findall(r"\w+", told.get("scope", ""))) or self.scopes,
            datetime.now(UTC) + timedelta(seconds=lasts),
            renews=bool(refresh),
        )

    def _pages(self, token: str, only: str = "") -> Iterator[Identity]:
        """The pages that the token's owner may post for, or only this one of them."""
        pages = dict.fromkeys(acl["organization"] for acl in self._acls(token) if acl.get("role") in POSTING_ROLES)
        for page in pages:
            if only in {"", page}:
                yield self._identity(token, page)

    def _acls(self, token: str) -> Iterator[Mapping[str, Any]]:
        start = 0
        while True:
            answer = self._api.ask(token, ACLS.format(count=ACLS_A_PAGE, start=start), "FINDER")
            found = answer.get("elements")
            if not isinstance(found, list):
                raise TemporaryError(UNREADABLE)
            yield from found
            if len(found) < ACLS_A_PAGE:
                return
            start += len(found)

    def _identity(self, token: str, page: str) -> Identity:
        number = page.rsplit(":", 1)[-1]
        found = self._api.ask(token, f"/rest/organizations/{number}")
        name = found.get("vanityName") or number
        return Identity(
            account_id=page,
            handle=name,
            name=found.get("localizedName") or name,
            page_url=f"{SITE}/company/{name}/",
            picture_url=self._picture(token, found),
        )

    def _picture(self, token: str, page: Mapping[str, Any]) -> str:
        """Where the logo can be read. A page without one is fine."""
        logo = page.get("logoV2") or {}
        asset = logo.get("cropped") or logo.get("original") or ""
        if not asset:
            return ""
        try:
            image = self._api.ask(token, f"/rest/images/{urn(asset.replace(':digitalmediaAsset:', ':image:'))}")
        except NetworkError:
            return ""
        return str(image.get("downloadUrl", ""))


class BadAppError(RefusedError):
    """LinkedIn does not accept the app itself; no person can mend that by connecting again."""


def _no_grant(response: httpx.Response, told: Mapping[str, Any], secrets: Sequence[str]) -> NetworkError:
    """Sort an answer without a token (RFC 6749, 5.2)."""
    if told.get("error") in {"invalid_client", "unauthorized_client"}:
        return BadAppError(_("LinkedIn does not accept this site's app keys. An administrator enters them again."))
    error = failed_answer(response, str(told.get("error_description") or words_of(told)), secrets)
    if isinstance(error, UnknownOutcomeError):
        return TemporaryError(error.words)
    return RefusedError(error.words) if isinstance(error, AuthError) else error
