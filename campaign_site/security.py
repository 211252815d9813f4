"""Headers that every response carries, and the content policies by where in the site a response comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

# Wagtail's rooms.
ADMIN = ("/admin/", "/documents/")
# Screens of ours in them: made of our parts and of Wagtail's frame, which has nothing inline.
OWN = ("/admin/login/", "/admin/sign-in/", "/admin/social/", "/admin/people/")

STAFF_POLICY: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}
# Wagtail's choosers and date pickers write a script beside each field.
WAGTAIL_POLICY: dict[str, Any] = {
    **STAFF_POLICY,
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
}

PERMISSIONS_POLICY = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)
# Passkeys are used where staff sign in, and nowhere else.
NO_PASSKEYS = ", publickey-credentials-create=(), publickey-credentials-get=()"


class PolicyMiddleware:
    """Gives each room its content policy, and every response the headers that Django has no setting for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_taken = request.method != "TRACE"
        response = self.get_response(request) if is_taken else HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        # Previews are framed by the admin; Wagtail renders them through a request made for that.
        is_framed = request.path.startswith(ADMIN) or getattr(request, "is_dummy", False)
        if is_framed:
            is_ours = request.path.startswith(OWN)
            response._csp_replace = STAFF_POLICY if is_ours else WAGTAIL_POLICY  # type: ignore[attr-defined]
        response.headers["X-Frame-Options"] = "SAMEORIGIN" if is_framed else "DENY"
        signs_in = request.path.startswith(("/admin/login/", "/admin/sign-in/"))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY + ("" if signs_in else NO_PASSKEYS))
        if request.path.startswith("/admin/"):
            response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
