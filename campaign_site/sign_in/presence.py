"""Who was away too long, or in for too long, shows again that it is them. What they were sending waits meanwhile.

Staff leave a desk open in an office. A session is not ended, which would lose the post somebody was writing: it opens
nothing until its owner has shown a second factor.
"""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import is_reauthentication_required, suspend_request
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from campaign_site.sign_in.second_factor import AGAIN, OPEN, ROOM

SHOWN, SEEN = "presence_shown", "presence_seen"
# Seconds between two writings of when somebody was last seen.
NOTED = 60
# Screens of Wagtail's that change how people sign in and what they may do.
PEOPLE = ("/admin/users/", "/admin/groups/", "/admin/bulk/auth/")
LISTS = ("/admin/users/", "/admin/groups/")
# What is typed here is not kept while somebody shows that it is them.
SECRETS = ("/admin/social/connect/",)


class PresenceMiddleware:
    """Stands behind the second factor. Times are in seconds since the epoch."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or ask first who is there."""
        path = request.path
        if not path.startswith(ROOM) or path.startswith(OPEN) or not request.user.is_authenticated:
            return self.get_response(request)
        if self._is_away(request):
            return ask_again(request)
        if path.startswith(PEOPLE) and not (path in LISTS and "export" not in request.GET):
            try:
                if is_reauthentication_required(request, app="people"):
                    return ask_again(request)
            except ImmediateHttpResponse as error:
                answer: HttpResponseBase = error.response
                return answer
        return self.get_response(request)

    def _is_away(self, request: HttpRequest) -> bool:
        """Whether it is too long ago that somebody was there, or showed who they are; writes down that they are."""
        now = time()
        records = [record["at"] for record in get_authentication_records(request, request.user)]
        shown = max([*records, request.session.get(SHOWN, 0.0)]) or now
        is_new = SHOWN not in request.session
        seen = now if is_new else max(shown, request.session.get(SEEN, 0.0))
        idle, longest = settings.SESSION_IDLE_MINUTES * 60, settings.SESSION_HOURS * 3600
        if (idle and now - seen > idle) or (longest and now - shown > longest):
            return True
        if (idle or longest) and (is_new or (now - seen > NOTED and is_by_hand(request))):
            request.session[SHOWN], request.session[SEEN] = shown, now
        return False


def is_by_hand(request: HttpRequest) -> bool:
    """Whether a person does something: opens a screen or sends a form, and no script asks what is new."""
    if request.method == "POST":
        return "/editing-sessions/" not in request.path
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def ask_again(request: Any) -> HttpResponse:
    """To where somebody shows that it is them, and back; or to the sign-in, for who has nothing to show here."""
    if not is_by_hand(request) or request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse(status=401)
    methods = get_adapter().get_reauthentication_methods(request.user)
    if not methods:
        logout(request)
        request.session[AGAIN] = True
        messages.info(request, _("Sign in again, so that it is sure to be you."))
        return HttpResponseRedirect(reverse("account_login"))
    if request.path.startswith(SECRETS):
        return HttpResponseRedirect(f"{methods[0]['url']}?{urlencode({'next': request.path})}")
    answer: HttpResponse = suspend_request(request, methods[0]["url"])
    return answer
