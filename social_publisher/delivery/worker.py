"""One batch through arm, send and settle. Every transport ends here."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import DatabaseError

from social_publisher.delivery.arm import Armed, arm
from social_publisher.delivery.journal import Journal
from social_publisher.delivery.lease import Heartbeat
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.delivery.send import Outcome, send
from social_publisher.delivery.settle import settle

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def carry(ids: Collection[int], clock: Clock = ledger_now, ahead: timedelta = timedelta()) -> int:
    """Send those of `ids` that are still due, and return how many were tried. Safe to call twice with the same ids.

    What comes due within `ahead` is armed now, and sent at its time.
    Posts of a network that can neither repeat nor be asked are armed and sent one by one.
    """
    left, tried = list(ids), 0
    while left:
        owner = uuid4()
        armed = arm(left, owner, clock(), ahead)
        if not armed:
            break
        tried += _send_all(armed, owner, clock)
        if armed[0].network.capabilities.settles_itself:
            break
        taken = {item.delivery_id for item in armed}
        left = [pk for pk in left if pk not in taken]
    return tried


def _send_all(armed: Collection[Armed], owner: UUID, clock: Clock) -> int:
    outcomes: list[Outcome] = []
    with Heartbeat(owner):
        try:
            for item in armed:
                _wait_for(item.leaves_at, clock)
                outcomes.append(send(item, Journal(item, owner, clock)))
        finally:
            _settle_all(outcomes, owner, clock())
    _report(outcomes)
    return sum(bool(outcome.receipts or outcome.error) for outcome in outcomes)


def _wait_for(moment: datetime, clock: Clock) -> None:
    """Let the last part of a second pass; only what was armed ahead has any of it left."""
    while (left := (moment - clock()).total_seconds()) > 0:
        time.sleep(left)


def _settle_all(outcomes: list[Outcome], owner: UUID, now: datetime) -> None:
    """Settle the batch in one commit; if that fails, one by one, so that no receipt is lost for another's sake."""
    try:
        settle(outcomes, owner, now)
    except DatabaseError:
        logger.exception("a batch could not be settled at once; settling one by one")
        for outcome in outcomes:
            settle([outcome], owner, now)


def _report(outcomes: Collection[Outcome]) -> None:
    """One line for what went out, and one for each that did not."""
    out = sum(outcome.receipt is not None for outcome in outcomes)
    if out:
        logger.info("%d published", out)
    for outcome in outcomes:
        if outcome.receipt is None:
            why = outcome.error.words if outcome.error else outcome.permit.value
            logger.info("delivery %s on %s: %s", outcome.armed.delivery_id, outcome.armed.account.handle, why)
