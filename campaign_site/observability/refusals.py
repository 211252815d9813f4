"""Who asked for what their role does not include stands in the log: a role that is tried out is a sign."""

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
            logger.warning("refused: %s %s, asked for by the person %s", request.method, request.path, request.user.pk)
        return response


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
