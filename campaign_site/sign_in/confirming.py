"""Where somebody shows once more that it is them, by password: only who has no second factor."""

from __future__ import annotations

from allauth.account import views
from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

PASSWORD = "reauthenticate"  # noqa: S105 - the name of a method


@login_required
def by_password(request: HttpRequest) -> HttpResponse:
    """The form; or on to the second factor, with the way back."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    if methods and PASSWORD not in {method["id"] for method in methods}:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{methods[0]['url']}?{query}")
    response: HttpResponse = views.reauthenticate(request)
    return response
