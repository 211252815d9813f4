"""Stopping what waits. A thread whose first parts are out stands before readers, so a person decides."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from social_publisher.models import Alert, Delivery
from social_publisher.models.ledger import Event, State


def stop(delivery_ids: Collection[int], now: datetime, reason: str, event: Event = Event.CANCELLED) -> list[int]:
    """Stop waiting deliveries with the reason, half-out threads as such. Returns those stopped that nothing is out of.

    Call in a transaction.
    """
    waiting = Delivery.objects.select_for_update().filter(pk__in=delivery_ids, state=State.WAITING.value).order_by("pk")
    rows = list(waiting.values_list("pk", "parts_out"))
    half_out = [pk for pk, parts in rows if parts]
    whole = [pk for pk, parts in rows if not parts]
    Delivery.objects.move(event, whole, at=now, reason=reason)
    if half_out:
        told = _("Its first parts are out and the rest was stopped. %(why)s") % {"why": reason}
        Delivery.objects.move(Event.HALF_OUT, half_out, at=now, reason=told)
        Alert.objects.raise_for(Alert.Kind.NEEDS_PERSON, half_out, now, told)
    return whole
