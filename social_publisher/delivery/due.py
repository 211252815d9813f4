"""What is due, when the next one is, and what came too late."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min
from django.utils.translation import gettext as _

from social_publisher.models import Delivery
from social_publisher.models.ledger import Event, State

BATCH = 500


def due_ids(now: datetime, limit: int = BATCH) -> list[int]:
    """Return the deliveries to carry now, oldest first: waiting, due, held by no pause."""
    return list(Delivery.objects.due(now).unheld().order_by("next_at", "pk").values_list("pk", flat=True)[:limit])


def next_due_at(now: datetime) -> datetime | None:
    """Return when the next delivery that is not due yet comes due, or None. What is held is not waited for."""
    later = Delivery.objects.filter(state=State.WAITING.value, next_at__gt=now)
    moment: datetime | None = later.aggregate(moment=Min("next_at"))["moment"]
    return moment


def mark_missed(now: datetime) -> int:
    """Give up what is past its cut-off, held or not, and return how many. Nothing leaves stale."""
    late = Delivery.objects.filter(state=State.WAITING.value, cut_off_at__lte=now)
    ids = list(late.values_list("pk", flat=True)[:BATCH])
    reason = _("It could not leave before its latest useful time. Choose a new time and have it approved again.")
    return Delivery.objects.move(Event.TOO_LATE, ids, at=now, reason=reason)
