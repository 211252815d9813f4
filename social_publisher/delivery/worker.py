"""One batch through arm, send and settle. Every transport ends here."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

from django.db import connection

from social_publisher.delivery import circuit
from social_publisher.delivery.arm import Armed, arm
from social_publisher.delivery.journal import Journal, Permit
from social_publisher.delivery.lease import Heartbeat
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.delivery.send import Outcome, send
from social_publisher.delivery.settle import settle
from social_publisher.delivery.trace import sending

logger = logging.getLogger(__name__)

# Seconds before each further try to write down what came of a batch; the leases are kept up meanwhile.
PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0)

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
    ended = False
    with Heartbeat(owner):
        try:
            for item in armed:
                if ended := ended or _ends(outcomes):
                    outcomes.append(Outcome(item, item.parts_out, permit=Permit.HELD))
                    continue
                _wait_for(item.leaves_at, clock)
                with sending(item.delivery_id):
                    try:
                        outcomes.append(send(item, Journal(item, owner, clock)))
                    except Exception:
                        # It may be out: its lease runs out, and then the network is asked.
                        logger.exception("delivery %s: what came of it could not be written down", item.delivery_id)
                        refresh_connection()
        finally:
            _settle_all(outcomes, owner, clock)
    _report(outcomes)
    return sum(bool(outcome.receipts or outcome.error) for outcome in outcomes)


def _ends(outcomes: list[Outcome]) -> bool:
    """Whether the last answer ends the batch: the account has to wait or is closed, or the last calls all met an outage
    and the circuit says when to go on."""
    last = list(islice((outcome for outcome in reversed(outcomes) if outcome.permit is Permit.GO), circuit.THRESHOLD))
    keeps_failing = len(last) == circuit.THRESHOLD and all(outcome.met_outage for outcome in last)
    return keeps_failing or bool(outcomes and outcomes[-1].ends_batch)


def _wait_for(moment: datetime, clock: Clock) -> None:
    """Let the last part of a second pass; only what was armed ahead has any of it left."""
    while (left := (moment - clock()).total_seconds()) > 0:
        time.sleep(left)


def _settle_all(outcomes: list[Outcome], owner: UUID, clock: Clock) -> None:
    """Settle the batch in one commit; if that fails, one by one and again: a receipt in hand is not given up."""
    try:
        settle(outcomes, owner, clock())
        return
    except Exception:
        logger.exception("a batch could not be settled at once; settling one by one")
    left = list(outcomes)
    for pause in PAUSES:
        time.sleep(pause)
        refresh_connection()
        left = [outcome for outcome in left if not _settled(outcome, owner, clock)]
        if not left:
            return
    logger.error("%d outcomes could not be written down; the networks are asked when the leases end", len(left))


def _settled(outcome: Outcome, owner: UUID, clock: Clock) -> bool:
    try:
        settle([outcome], owner, clock())
    except Exception:
        logger.exception("delivery %s could not be settled; trying again", outcome.armed.delivery_id)
        return False
    return True


def refresh_connection() -> None:
    """Drop a connection that may be broken; the next question opens a new one."""
    if not connection.in_atomic_block:
        connection.close()


def _report(outcomes: Collection[Outcome]) -> None:
    """One line for what went out, and one for each that did not."""
    out = sum(outcome.receipt is not None for outcome in outcomes)
    if out:
        logger.info("%d published", out)
    for outcome in outcomes:
        if outcome.receipt is None:
            why = outcome.error.words if outcome.error else outcome.permit.value
            logger.info("delivery %s on %s: %s", outcome.armed.delivery_id, outcome.armed.account.handle, why)
