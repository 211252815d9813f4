"""Writing the audit."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from social_publisher.models import AuditEvent


def display_name(user: Any) -> str:
    """The name a record keeps of an account; "system" for the clock."""
    if user is None:
        return "system"
    return str(user.get_full_name() or user.get_username())


def record(action: str, subject: object, actor: Any = None, **data: Any) -> AuditEvent:
    """Append one entry. `data` holds plain values only, never a secret."""
    return AuditEvent.objects.create(
        at=timezone.now(),
        actor=actor,
        actor_name=display_name(actor),
        action=action,
        subject=str(subject)[:255],
        data=data,
    )
