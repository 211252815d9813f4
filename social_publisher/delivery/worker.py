"""One batch through arm, send and settle. Every transport ends here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db import DatabaseError
from django.db.models import BooleanField, ExpressionWrapper
from django.utils import timezone

from social_publisher.delivery.arm import Armed, arm
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
        try:
            for item in armed:
                held = _is_held(item, owner, clock())
                if held is None:
                    logger.warning("delivery %s: its lease ran out before it was sent; left alone", item.delivery_id)
                elif held:
                    release(item, owner, clock())
                else:
                    outcomes.append(send(item))
        finally:
            _settle_all(outcomes, owner, clock())
    for outcome in outcomes:
        result = "published" if outcome.receipt else type(outcome.error).__name__
        logger.info("delivery %s on %s: %s", outcome.armed.delivery_id, outcome.armed.account.handle, result)
    return len(outcomes)


def _is_held(item: Armed, owner: UUID, now: datetime) -> bool | None:
    """Whether a pause holds the row, asked just before the call; None when this process no longer owns it."""
    own = Delivery.objects.owned(owner, now).filter(pk=item.delivery_id)
    held = ExpressionWrapper(Delivery.objects.held_by_pause(), BooleanField())
    is_held: bool | None = own.annotate(is_held=held).values_list("is_held", flat=True).first()
    return is_held


def _settle_all(outcomes: list[Outcome], owner: UUID, now: datetime) -> None:
    """Settle the batch in one commit; if that fails, one by one, so that no receipt is lost for another's sake."""
    try:
        settle(outcomes, owner, now)
    except DatabaseError:
        logger.exception("a batch could not be settled at once; settling one by one")
        for outcome in outcomes:
            settle([outcome], owner, now)
