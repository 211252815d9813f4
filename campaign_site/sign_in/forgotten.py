"""A link to set a password anew: asked for a few times an hour, and no more often."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_protect
from wagtail.admin.views.account import PasswordResetView

MINUTES = 60


@csrf_protect
def forgotten(request: HttpRequest) -> HttpResponse:
    """Wagtail's form; 429 for who asks too often, by address and by the account that is meant."""
    if request.method == "POST":
        meant = request.POST.get("email", "").strip().lower()
        if not ratelimit.consume(request, action="reset_password", key=meant):
            return render(request, "sign_in/asked_too_often.html", {"minutes": MINUTES}, status=429)
    response: HttpResponse = PasswordResetView.as_view()(request)
    return response
