"""Staff without a second factor get to the screen where they add one. On the public site they are readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from campaign_site.sign_in.id_tokens import has_second_factor, shown_at

ROOM = "/admin/"
# Where somebody gets by password alone: to add a factor, to show it, or to leave.
OPEN = ("/admin/sign-in/", "/admin/login/", "/admin/logout/", "/admin/password_reset/", "/admin/jsi18n/")
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# What a session has of the organisation's own sign-in.
ORGANISATION = "organisation"
# A session's mark: the organisation's own sign-in is to ask again who it is.
AGAIN = "organisation_asks_again"


def has_shown(request: HttpRequest) -> bool:
    """Whether this very session was begun or confirmed with a second factor, here or at the organisation's own
    sign-in."""
    kinds = {record.get("method") for record in get_authentication_records(request, request.user)}
    return "mfa" in kinds or has_shown_there(request, request.user)


def has_shown_there(request: HttpRequest, person: Any) -> bool:
    """Whether the organisation's own sign-in said that it was shown a second factor, and is trusted with that."""
    records = get_authentication_records(request, person)
    said = any(record.get("method") == ORGANISATION and record.get("second_factor") for record in records)
    return bool(settings.OIDC_HAS_SECOND_FACTOR and said)


def remember(request: HttpRequest, person: Any, claims: Mapping[str, Any]) -> None:
    """Keep with the session what the organisation's own sign-in said of how and when somebody showed who they are."""
    request.session.pop(AGAIN, None)
    said = {"at": shown_at(claims), "second_factor": has_second_factor(claims)}
    record_authentication(request, person, ORGANISATION, **said)


class SecondFactorStage(AuthenticateStage):
    """The second factor of who has one here, unless it was shown at the organisation's own sign-in."""

    def handle(self) -> tuple[Any, bool]:
        """Ask, or go on."""
        if has_shown_there(self.request, self.login.user):
            return None, True
        asked: tuple[Any, bool] = super().handle()
        return asked


class SecondFactorMiddleware:
    """Stands before every address. A request without a session is nobody's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or send to where a factor is added or shown."""
        if not settings.SECOND_FACTOR_REQUIRED or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        if request.path.startswith(OPEN) or not request.user.is_authenticated or has_shown(request):
            return self.get_response(request)
        if request.path.startswith(ROOM):
            return self._send_away(request)
        request.user = AnonymousUser()
        return self.get_response(request)

    def _send_away(self, request: Any) -> HttpResponseRedirect:
        if Authenticator.objects.filter(user=request.user, type__in=FACTORS).exists():
            back = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{back}")
        messages.warning(request, _("Add a second factor first: an authenticator app, or a passkey."))
        return HttpResponseRedirect(reverse("mfa_index"))
