"""Signing out: on the server first, then in the browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST
from wagtail.admin.views.account import LogoutView


@require_POST
@csrf_protect
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and have the browser forget what it kept of the desk."""
    # A body that cannot be read is refused here, while the session still stands.
    request.POST.get("next")
    response: HttpResponse = LogoutView.as_view()(request)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
