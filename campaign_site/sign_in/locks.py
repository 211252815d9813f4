"""Who guessed too often waits: counted by account and by address, in the database, so that all processes know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.contact.limits import address_of


def client_address(request: HttpRequest) -> str | None:
    """As the outermost proxy of ours saw it."""
    return address_of(request) or None


def name_typed(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The account that was meant, whatever its case."""
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(typed).strip().lower()[:150]


def how_long(_request: HttpRequest | None = None) -> timedelta:
    """How long it lasts since the last wrong try."""
    return timedelta(minutes=settings.SIGN_IN_LOCK_MINUTES)


def locked_out(request: HttpRequest, *_credentials: Any, **_more: Any) -> HttpResponse:
    """Say so, and what to do. Not whether the account exists."""
    return render(request, "sign_in/locked.html", {"minutes": settings.SIGN_IN_LOCK_MINUTES}, status=429)
