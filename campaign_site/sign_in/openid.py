"""The organisation's own sign-in by OpenID Connect: django-allauth's way there and back, and stricter about what comes
back."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from campaign_site.sign_in import id_tokens
from campaign_site.sign_in.id_tokens import NotTrustedError
from campaign_site.sign_in.second_factor import AGAIN
from social_publisher.networks.servers import is_loopback

WELL_KNOWN = "/.well-known/"
ENDPOINTS = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
# Of what it tells of a person, what is looked at; nobody is made of it.
TOLD: dict[str, Any] = {"sub": str, "email": str, "email_verified": str | bool}
# Of what it signed, what is kept: whose account it is, and how it was opened.
KEPT = ("iss", "sub", "amr", "acr", "auth_time")

NO_ANSWER = _("The organisation's sign-in does not answer as it should. Wait a minute, then try again.")
NOT_BEGUN = _("This sign-in took too long, or was begun in another browser. Begin again.")
NOT_AGAIN = _("The organisation's sign-in did not ask you again who you are. Sign out there, then sign in again.")
DECLINED = _("The organisation's sign-in did not let you in. Try again, or ask who looks after it.")


class Adapter(OpenIDConnectOAuth2Adapter):
    """Believes the configured issuer alone, and of what it says only what it signed for this sign-in."""

    nonce = ""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        """What the issuer publishes of itself. Raises NotTrustedError, RequestException."""
        address = self.get_provider().server_url
        config = _get(address)
        if not all(_is_safe(config.get(name)) for name in ENDPOINTS):
            raise NotTrustedError("its metadata lack an address, or have one without https")
        if _issuer(config["issuer"]) != _issuer(address):
            raise NotTrustedError("its metadata are those of another issuer")
        return config

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, str]:
        """The two tokens that the code is worth. Raises OAuth2Error, RequestException."""
        self.nonce = nonce_of(pkce_code_verifier or "")
        found = super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)
        if not isinstance(found, dict):
            raise NotTrustedError("it gave something else than tokens")
        return {name: str(found.get(name, "")) for name in ("access_token", "id_token")}

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """Who it is. Raises NotTrustedError, RequestException."""
        config = self.openid_config
        claims = id_tokens.verified(
            kwargs["response"]["id_token"],
            _get(config["jwks_uri"]),
            issuer=config["issuer"],
            client_id=app.client_id,
            nonce=self.nonce,
        )
        if request.session.get(AGAIN) and not is_recent(id_tokens.shown_at(claims)):
            raise NotTrustedError("it did not ask again, or does not say when it asked", NOT_AGAIN)
        person = _get(config["userinfo_endpoint"], token.token)
        if person.get("sub") != claims["sub"]:
            raise NotTrustedError("what it tells of the person is of somebody else")
        provider = self.get_provider()
        # The same number at another issuer is another person: whose account it is, is found anew by the address.
        known = SocialAccount.objects.filter(provider=provider.sub_id, uid=claims["sub"])
        known.exclude(extra_data__id_token__iss=claims["iss"]).delete()
        told = {name: person[name] for name, kind in TOLD.items() if isinstance(person.get(name), kind)}
        return provider.sociallogin_from_response(request, {"userinfo": told, "id_token": claims})


class Provider(OpenIDConnectProvider):
    """Sends there with a nonce, and with nothing that the address of the request asks for but the way back."""

    oauth2_adapter_class = Adapter
    supports_token_authentication = False

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """To sign in, and where to go then."""
        found = super().get_redirect_from_request_kwargs(request)
        return {"process": AuthProcess.LOGIN, "next_url": found.get("next_url")}

    def get_auth_params(self) -> dict[str, Any]:
        """That it asks again, where the person has to show once more that it is them."""
        again = {"prompt": "login", "max_age": str(app_settings.REAUTHENTICATION_TIMEOUT)}
        return {**super().get_auth_params(), **(again if self.request.session.get(AGAIN) else {})}

    def get_pkce_params(self) -> dict[str, Any]:
        """The nonce goes with the verifier, which the session keeps for the way back."""
        params = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def redirect(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send there, or say that it is away. By a page: under our policy a form may not lead to another site."""
        response: HttpResponse
        try:
            response = super().redirect(request, *args, **kwargs)
        except (OAuth2Error, RequestException) as error:
            response = render_authentication_error(request, self, exception=error)
        if not isinstance(response, HttpResponseRedirect):
            return response
        return render(request, "sign_in/to_organisation.html", {"name": self.name, "address": response.url})

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is kept with the account."""
        return {"id_token": {name: data["id_token"][name] for name in KEPT if name in data["id_token"]}}


def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """The way back."""
    adapter = Adapter(request, provider_id)
    response: HttpResponseBase
    try:
        response = OAuth2CallbackView.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (OAuth2Error, RequestException) as error:
        response = render_authentication_error(request, adapter.get_provider(), exception=error)
    return response


def nonce_of(verifier: str) -> str:
    """The nonce of a sign-in: who sees it does not know the verifier (OpenID Connect Core 1.0, 15.5.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"nonce {verifier}".encode()).digest()).decode().rstrip("=")


def is_recent(moment: float) -> bool:
    """Whether who showed then that it is them is still believed without asking; in seconds since 1970."""
    return bool(time.time() - moment < app_settings.REAUTHENTICATION_TIMEOUT)


def explained(request: HttpRequest, exception: Exception | None) -> tuple[str, Promise]:
    """Why nobody was signed in: for the log, without anything secret; and for the person."""
    if isinstance(exception, NotTrustedError):
        return exception.reason, exception.sentence
    if exception is not None:
        return f"it did not answer as it should: {type(exception).__name__}", NO_ANSWER
    said = request.GET.get("error", "")
    if said:
        return f"it said {said if re.fullmatch('[a-z_]{1,40}', said) else 'something unknown'}", DECLINED
    return "what came back was not sent for, or not in time", NOT_BEGUN


def _get(address: str, bearer: str = "") -> dict[str, Any]:
    """A JSON object. Raises NotTrustedError, RequestException."""
    if not _is_safe(address):
        raise NotTrustedError("its address has no https")
    with get_adapter().get_requests_session() as session:
        answer = session.get(address, headers={"Authorization": f"Bearer {bearer}"} if bearer else {})
        answer.raise_for_status()
        found = answer.json()
    if not isinstance(found, dict):
        raise NotTrustedError("it gave something else than a JSON object")
    return found


def _is_safe(address: Any) -> bool:
    """Whether nobody on the way can read or change what is sent there; tests have theirs on this machine."""
    try:
        parts = urlsplit(address)
    except (AttributeError, TypeError, ValueError):
        return False
    loopback = settings.NETWORKS_ON_LOOPBACK and is_loopback(parts.hostname or "")
    return bool(parts.hostname and address) and (parts.scheme == "https" or (parts.scheme == "http" and loopback))


def _issuer(address: str) -> str:
    """An issuer's name, whether its metadata's address or the name itself was given."""
    return address.partition(WELL_KNOWN)[0].rstrip("/")
