"""Keeps a message, and lets it go when its time is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from content.contact.limits import forget_senders
from content.contact.models import ContactMessage


def keep(
    form_id: UUID,
    *,
    text: str,
    topic: str,
    name: str,
    email: str,
    language: str,
    recipients: Sequence[str],
    keep_days: int,
    now: datetime,
) -> ContactMessage:
    """Store a message once, however often its form is sent. It is due for mail at once, where there are recipients."""
    message, _created = ContactMessage.objects.get_or_create(
        form_id=identity(form_id, text, topic, name, email),
        defaults={
            "text": text,
            "topic": topic,
            "name": name,
            "email": email,
            "language": language,
            "received_at": now,
            "delete_on": timezone.localdate(now) + timedelta(days=keep_days),
            "recipients": list(recipients),
            "mail_at": now if recipients else None,
        },
    )
    return message


def identity(form_id: UUID, *words: str) -> UUID:
    """Return what tells a message from others: the same words sent with one form are the same message."""
    return uuid5(form_id, "\0".join(words))


def kept(form_id: UUID, *words: str) -> ContactMessage | None:
    """Return the message, if this form has brought it already."""
    return ContactMessage.objects.filter(form_id=identity(form_id, *words)).first()


def forget(now: datetime) -> int:
    """Delete the messages whose last day has come, and what counted their senders. Returns how many messages."""
    forget_senders(now)
    deleted, _by_model = ContactMessage.objects.filter(delete_on__lte=timezone.localdate(now)).delete()
    return deleted
