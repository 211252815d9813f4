"""Where somebody is signed in, and ending it: one's own, or as an administrator anybody's."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from campaign_site.sign_in.presence import ask_again
from content.numbers import number
from social_publisher.approval.audit import record

ALL = "others"


def open_sessions(person: Any) -> list[UserSession]:
    """The sessions that still let somebody in, newest first."""
    found = UserSession.objects.purge_and_list(person)
    return sorted(found, key=lambda session: session.created_at, reverse=True)


def end_everywhere(person: Any, by: Any, but: str = "") -> None:
    """End every session of somebody, those too that the list lost sight of when a password was changed; `but` one, by
    its key."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but):
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()
    UserSession.objects.filter(user=person).exclude(session_key=but).delete()
    record("person.sessions-ended", person, by)


def end(sessions: list[UserSession], person: Any, by: Any) -> int:
    """End them, and put it on the record."""
    for session in sessions:
        session.end()
    if sessions:
        record("person.sessions-ended", person, by, sessions=len(sessions))
    return len(sessions)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """One's own sessions; `end` in the form is a session's number, or says all others."""
    # A changed password gives this session another key.
    UserSession.objects.create_from_request(request)
    found = open_sessions(request.user)
    if request.method == "POST" and is_reauthentication_required(request, app="sessions"):
        # Asked for again: whoever has one session must not be able to end the others unseen.
        return ask_again(request)
    if request.method == "POST":
        asked = request.POST.get("end", "")
        if asked == ALL:
            end_everywhere(request.user, request.user, str(request.session.session_key))
            messages.success(request, _("All other sessions are ended."))
            return redirect("usersessions_list")
        chosen = [one for one in found if not one.is_current() and one.pk == number(asked)]
        count = end(chosen, request.user, request.user)
        told = ngettext("%(count)d session ended.", "%(count)d sessions ended.", count) % {"count": count}
        messages.success(request, told if count else _("There was nothing to end."))
        return redirect("usersessions_list")
    return render(request, "sign_in/sessions.html", {"sessions": found})
