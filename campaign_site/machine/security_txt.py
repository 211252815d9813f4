"""Whom to tell of a weakness of this site: RFC 9116."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from campaign_site.machine.addresses import absolute
from campaign_site.machine.contact import contact_address
from content.memory import same_for_everybody

VALID_DAYS = 180


def security_text(
    contacts: Sequence[str], now: datetime, canonical: str, *, policy: str = "", languages: Sequence[str] = ()
) -> str:
    """The text of security.txt. It is valid for half a year from today, so one that is no longer served runs out."""
    day = (now.astimezone(UTC) + timedelta(days=VALID_DAYS)).date()
    expires = datetime.combine(day, time(), tzinfo=UTC).isoformat().replace("+00:00", "Z")
    lines = [*(f"Contact: {contact_address(contact)}" for contact in contacts), f"Expires: {expires}"]
    if policy:
        lines.append(f"Policy: {policy}")
    if languages:
        lines.append(f"Preferred-Languages: {', '.join(languages)}")
    lines.append(f"Canonical: {canonical}")
    return "\n".join(lines) + "\n"


@require_safe
@cache_control(public=True, max_age=3600)
def security(request: HttpRequest) -> HttpResponse:
    """security.txt; not there while nobody is named."""
    same_for_everybody(request)
    if not settings.SECURITY_CONTACTS:
        raise Http404
    text = security_text(
        settings.SECURITY_CONTACTS,
        timezone.now(),
        absolute(reverse("security-txt")),
        policy=settings.SECURITY_POLICY_URL,
        languages=settings.SECURITY_LANGUAGES,
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
