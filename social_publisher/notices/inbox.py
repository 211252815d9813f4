"""What a person has been told on the desk's screens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from social_publisher.models import Alert, Notice, WebhookCall

KEPT = timedelta(days=90)
BATCH = 1000
MOST_COUNTED = 100


def notices_of(user: Any) -> QuerySet[Notice]:
    """Everything a person has been told there, newest first."""
    return Notice.objects.filter(person=user, shown=True)


def recent_notices(user: Any, limit: int = 5) -> list[Notice]:
    """The newest of a person's notices; one query."""
    return list(notices_of(user)[:limit])


def unread_count(user: Any) -> int:
    """How many a person has not read, counted up to 100; one query."""
    return notices_of(user).filter(read_at=None).order_by()[:MOST_COUNTED].count()


def mark_read(user: Any, now: datetime, *, pk: int | None = None, up_to: int | None = None) -> int:
    """Mark one notice of a person's own as read, or all of them up to an id; return how many were unread."""
    unread = notices_of(user).filter(read_at=None)
    chosen = unread.filter(pk=pk) if pk is not None else unread.filter(pk__lte=up_to)
    return chosen.order_by().update(read_at=now)


def prune(now: datetime) -> int:
    """Forget alerts, their notices and webhook calls that are older than 90 days, some at a time; return how many."""
    old = Alert.objects.filter(told_at__lt=now - KEPT).order_by("told_at").values_list("pk", flat=True)[:BATCH]
    calls = WebhookCall.objects.filter(created_at__lt=now - KEPT).exclude(status=WebhookCall.Status.WAITING)
    ended = calls.order_by("created_at").values_list("pk", flat=True)[:BATCH]
    alerts, _each = Alert.objects.filter(pk__in=list(old)).delete()
    gone, _each = WebhookCall.objects.filter(pk__in=list(ended)).delete()
    return alerts + gone
