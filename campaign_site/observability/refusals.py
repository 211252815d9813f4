"""Who asked for what they may not stands in the log: a role that is tried out, or a limit that is met, is a sign."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

# Wagtail's own sentence.
THEIRS = "Sorry, you do not have permission to access this area."


class RefusalsMiddleware:
    """Looks at the desk's answers. Wagtail refuses by a message and the way home."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; write a refusal down."""
        response = self.get_response(request)
        if request.path.startswith("/admin/") and _is_refused(request, response):
            noted(request, "not of their role")
        return response


def noted(request: HttpRequest, why: str) -> None:
    """Write down what was refused, to whom and why. Of a reader nothing is known, and their address is not kept."""
    user = getattr(request, "user", None)
    who = f"the person {user.pk}" if user is not None and user.is_authenticated else "a reader"
    match = request.resolver_match
    # Outside of the desk an address may hold a secret: its route stands for it.
    what = request.path if request.path.startswith("/admin/") or match is None else match.route
    logger.warning("refused: %s %s, asked for by %s: %s", request.method, what, who, why)


def _is_refused(request: HttpRequest, response: HttpResponseBase) -> bool:
    if response.status_code not in (HTTPStatus.FORBIDDEN, HTTPStatus.FOUND):
        return False
    if not request.user.is_authenticated:
        return False
    if response.status_code == HTTPStatus.FORBIDDEN:
        return True
    queued = getattr(getattr(request, "_messages", None), "_queued_messages", [])
    words = _(THEIRS)
    return any(words in str(message.message) for message in queued)
