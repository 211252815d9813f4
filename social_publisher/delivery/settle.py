"""Settling: write down what came of each send, in one commit a batch."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from social_publisher.approval.audit import record
from social_publisher.delivery.arm import Armed
from social_publisher.delivery.retry import next_try
from social_publisher.delivery.send import Outcome
from social_publisher.models import Attempt, Delivery
from social_publisher.models.ledger import Event
from social_publisher.networks.base import Receipt
from social_publisher.networks.errors import TemporaryError, UnknownOutcomeError

logger = logging.getLogger(__name__)


@transaction.atomic
def settle(outcomes: Sequence[Outcome], owner: UUID, now: datetime) -> None:
    """Record every outcome. A row whose lease was taken away meanwhile is settled too if a receipt is at hand."""
    for outcome in outcomes:
        if outcome.receipt is not None:
            published(outcome.armed.delivery_id, outcome.armed.attempt_id, outcome.receipt, owner, now)
        elif isinstance(outcome.error, UnknownOutcomeError):
            _close(outcome, Attempt.Outcome.UNKNOWN, now)
            _move(outcome, Event.LOST, owner, now, reason=_("The network gave no answer; it is being checked."))
        elif isinstance(outcome.error, TemporaryError):
            _close(outcome, Attempt.Outcome.TEMPORARY, now)
            again = next_try(now, outcome.armed.number, outcome.error.retry_after)
            _move(outcome, Event.PUT_OFF, owner, now, next_at=again, reason=outcome.error.words)
        else:
            _close(outcome, Attempt.Outcome.REFUSED, now)
            _move(outcome, Event.REFUSED, owner, now, reason=outcome.error.words if outcome.error else "")


def published(delivery_id: int, attempt_id: int, receipt: Receipt, owner: UUID, now: datetime) -> None:
    """Record a receipt. Whatever was decided about the row meanwhile, the receipt proves that the post is out."""
    Attempt.objects.filter(pk=attempt_id).update(
        outcome=Attempt.Outcome.PUBLISHED, settled_at=now, receipt=dict(receipt.raw)
    )
    fields: dict[str, Any] = {
        "remote_id": receipt.remote_id,
        "remote_url": receipt.url,
        "published_at": receipt.published_at,
        "reason": "",
    }
    if Delivery.objects.move(Event.SENT, [delivery_id], at=now, owner=owner, **fields):
        return
    try:
        with transaction.atomic():
            for event in (Event.FOUND, Event.LATE_RECEIPT):
                if Delivery.objects.move(event, [delivery_id], at=now, **fields):
                    return
    except IntegrityError:
        logger.exception("delivery %s: a newer delivery of the same post stands", delivery_id)
    logger.error("delivery %s: a receipt came for a row that is settled otherwise: %s", delivery_id, receipt.url)
    record("delivery.late-receipt", f"delivery {delivery_id}", url=receipt.url, remote_id=receipt.remote_id)


@transaction.atomic
def release(armed: Armed, owner: UUID, now: datetime) -> None:
    """Put an armed delivery back, unsent."""
    Attempt.objects.filter(pk=armed.attempt_id).update(outcome=Attempt.Outcome.RELEASED, settled_at=now)
    Delivery.objects.move(Event.PUT_OFF, [armed.delivery_id], at=now, owner=owner)


def _close(outcome: Outcome, result: Attempt.Outcome, now: datetime) -> None:
    words = outcome.error.words if outcome.error else ""
    Attempt.objects.filter(pk=outcome.armed.attempt_id).update(outcome=result, settled_at=now, words=words)


def _move(outcome: Outcome, event: Event, owner: UUID, now: datetime, **fields: object) -> None:
    Delivery.objects.move(event, [outcome.armed.delivery_id], at=now, owner=owner, **fields)
