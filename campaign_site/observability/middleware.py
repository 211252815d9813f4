"""Every request has an id, which its log lines and its answer carry."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from social_publisher.approval.request_id import request_id

HEADER = "X-Request-ID"
# What a proxy of ours sends; anything else might be made to look like something in a log.
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestIdMiddleware:
    """Takes the proxy's id, or makes one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer under the id."""
        given = request.headers.get(HEADER, "")
        token = request_id.set(given if GIVEN.fullmatch(given) else uuid.uuid4().hex)
        try:
            response = self.get_response(request)
            response.headers[HEADER] = request_id.get()
            return response
        finally:
            request_id.reset(token)
