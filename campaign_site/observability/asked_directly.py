"""Addresses for whoever watches over the processes: they answer under any name and without TLS.

A proxy, a container's health check or Prometheus asks a process by its own address, which is none of the site's names.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve

PATHS = frozenset({"/health/live", "/health/ready", "/health/deep", "/metrics"})
# As Django's SECURE_REDIRECT_EXEMPT reads them.
EXEMPT = [rf"^{path[1:]}$" for path in sorted(PATHS)]


class AskedDirectlyMiddleware:
    """Stands before all that looks at the name a request was sent to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer these here, everything else as usual."""
        if request.path not in PATHS:
            return self.get_response(request)
        response: HttpResponseBase = resolve(request.path).func(request)
        return response
