"""Where this site differs from what django-allauth does by itself."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, logout
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign_site.sign_in import openid
from campaign_site.sign_in.second_factor import AGAIN, ORGANISATION, SecondFactorStage, remember
from content.contact.limits import address_of
from social_publisher.vault import lock, unlock

logger = logging.getLogger(__name__)

THEIR_STAGE = "allauth.mfa.stages.AuthenticateStage"
NOWHERE = "0.0.0.0"  # noqa: S104 - what is written where a request has no address, such as one of a test


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; staff are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the outermost proxy of ours saw it."""
        return address_of(request) or NOWHERE

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing: django-axes does, in the database."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """As the installation says; only tests of other things turn it off. Who has nothing here to show, since the
        organisation signs them in, has done so lately or signs in again. Raises ImmediateHttpResponse."""
        request = context.request
        if not settings.CONFIRM_AGAIN or self.get_reauthentication_methods(request.user):
            return bool(settings.CONFIRM_AGAIN)
        records = get_authentication_records(request, request.user)
        if any(record.get("method") == ORGANISATION and openid.is_recent(record["at"]) for record in records):
            return False
        logout(request)
        request.session[AGAIN] = True
        messages.info(request, _("Sign in again, so that it is sure to be you."))
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The second factor; the password only of who has none."""
        found = super().get_reauthentication_methods(user)
        factors = [method for method in found if method["id"].startswith("mfa_")]
        return factors or found

    def get_login_stages(self) -> list[str]:
        """Ours in place of django-allauth's for the second factor."""
        ours = f"{SecondFactorStage.__module__}.{SecondFactorStage.__name__}"
        return [ours if stage == THEIR_STAGE else stage for stage in super().get_login_stages()]

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Remember how the organisation's own sign-in was opened."""
        response = super().pre_login(request, user, **kwargs)
        login = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        if login is not None and response is None:
            remember(request, user, login.account.extra_data["id_token"])
        return response


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are locked like accounts' credentials."""

    def encrypt(self, text: str) -> str:
        """With this installation's newest key."""
        return lock({"secret": text})

    def decrypt(self, encrypted_text: str) -> str:
        """With whichever key fits. Raises LockedError."""
        return unlock(encrypted_text)["secret"]

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Not the last one, where a second factor is required."""
        if not settings.SECOND_FACTOR_REQUIRED:
            return True
        kinds = (authenticator.Type.TOTP, authenticator.Type.WEBAUTHN)
        others = type(authenticator).objects.filter(user_id=authenticator.user_id, type__in=kinds)
        return bool(others.exclude(pk=authenticator.pk).exists())


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """The organisation's own sign-in lets in who has an account here: by the address that an administrator gave it."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Say why in the log, and on the page what to do."""
        if error == AuthError.CANCELLED:
            return
        reason, extra_context["sentence"] = openid.explained(request, exception)
        logger.warning("nobody was signed in by the organisation's own sign-in: %s", reason)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect at the first time, by a verified address that exactly one account has. Raises
        ImmediateHttpResponse."""
        if sociallogin.is_existing:
            return
        verified = [one.email.lower() for one in sociallogin.email_addresses if one.verified]
        people = get_user_model().objects.annotate(address=Lower("email"))
        found = list(people.filter(address__in=verified, is_active=True)[:2])
        if len(found) != 1:
            messages.error(request, _("There is no account here for this person. Ask an administrator for one."))
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        sociallogin.connect(request, found[0])
