"""How many messages one connection may send. The address itself is never stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from content.contact.models import ContactSalt, ContactSender


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from, as the outermost proxy of ours saw it."""
    return address_in(request.META)


def address_in(environ: Mapping[str, Any]) -> str:
    """The same, from what a server tells of a request."""
    proxies: int = settings.PROXIES
    named = [part.strip() for part in str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",") if part.strip()]
    if proxies and len(named) >= proxies:
        return named[-proxies]
    return str(environ.get("REMOTE_ADDR", ""))


def within_limit(address: str, now: datetime) -> bool:
    """Count a message from this address; false when it is one too many within the hour."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    row, _created = ContactSender.objects.get_or_create(digest=_digest(address, now), hour=hour)
    ContactSender.objects.filter(pk=row.pk).update(count=models.F("count") + 1)
    row.refresh_from_db(fields=["count"])
    return row.count <= settings.CONTACT_MESSAGES_PER_HOUR


def forget_senders(now: datetime) -> None:
    """Delete counts of past hours and secrets of past days."""
    ContactSender.objects.filter(hour__lt=now - timedelta(hours=2)).delete()
    ContactSalt.objects.filter(day__lt=timezone.localdate(now)).delete()


def _digest(address: str, now: datetime) -> str:
    row, _created = ContactSalt.objects.get_or_create(
        day=timezone.localdate(now), defaults={"salt": secrets.token_bytes(32)}
    )
    return hmac.new(bytes(row.salt), address.encode(), hashlib.sha256).hexdigest()
