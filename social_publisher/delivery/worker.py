"""One batch through arm, send and settle. Every transport ends here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime
from uuid import uuid4

from django.utils import timezone

from social_publisher.delivery.arm import arm
from social_publisher.delivery.lease import Heartbeat
from social_publisher.delivery.send import Outcome, send
from social_publisher.delivery.settle import release, settle
from social_publisher.models import Delivery

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def carry(ids: Collection[int], clock: Clock = timezone.now) -> int:
    """Send those of `ids` that are still due, and return how many were tried. Safe to call twice with the same ids."""
    owner = uuid4()
    armed = arm(ids, owner, clock())
    if not armed:
        return 0
    outcomes: list[Outcome] = []
    with Heartbeat(owner):
        for item in armed:
            if Delivery.objects.filter(pk=item.delivery_id).held().exists():
                release(item, owner, clock())
                continue
            outcomes.append(send(item))
        settle(outcomes, owner, clock())
    for outcome in outcomes:
        result = "published" if outcome.receipt else type(outcome.error).__name__
        logger.info("delivery %s on %s: %s", outcome.armed.delivery_id, outcome.armed.account.handle, result)
    return len(outcomes)
