"""What to do when a process died in the middle: believe nobody, ask the network."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from social_publisher.delivery.arm import outgoing
from social_publisher.models import Attempt, Delivery
from social_publisher.models.ledger import Event, State
from social_publisher.networks.base import Absent, CannotTell, Found, Witness
from social_publisher.networks.errors import NetworkError

logger = logging.getLogger(__name__)

BATCH = 100


def expire_leases(now: datetime) -> int:
    """Move what a silent owner left armed to "unknown", never straight back to "waiting"."""
    silent = Delivery.objects.filter(state=State.ARMED.value, lease_until__lt=now)
    moved = 0
    for pk, owner in list(silent.values_list("pk", "owner")[:BATCH]):
        reason = _("The process that was sending it ended; it is being checked.")
        moved += Delivery.objects.filter(lease_until__lt=now).move(Event.LOST, [pk], at=now, owner=owner, reason=reason)
    return moved


def settle_unknown(now: datetime) -> int:
    """Look for the witness of every unknown delivery on its network. Returns how many were settled.

    A network may show a post a little late, so nothing is asked before a settling delay. One that cannot be asked, or
    whose module fails, keeps its question open and holds back no other.
    """
    settling = timedelta(seconds=settings.DELIVERY_SETTLING)
    unknown = Delivery.objects.filter(state=State.UNKNOWN.value, state_changed_at__lte=now - settling)
    settled = 0
    for delivery in unknown.select_related("channel").order_by("state_changed_at")[:BATCH]:
        attempt = delivery.attempts.order_by("-number").first()
        try:
            if attempt is not None:
                witness = delivery.channel.adapter.find(delivery.channel.account, outgoing(attempt))
                settled += _apply(delivery, attempt, witness, now)
        except NetworkError as error:
            logger.warning("delivery %s: the network could not be asked yet: %s", delivery.pk, error.words)
        except Exception:
            logger.exception("delivery %s could not be settled", delivery.pk)
    return settled


@transaction.atomic
def _apply(delivery: Delivery, attempt: Attempt, witness: Witness, now: datetime) -> int:
    if isinstance(witness, Found):
        receipt = witness.receipt
        moved = Delivery.objects.move(
            Event.FOUND,
            [delivery.pk],
            at=now,
            remote_id=receipt.remote_id,
            remote_url=receipt.url,
            published_at=receipt.published_at,
            reason="",
        )
        return moved and _close(attempt, Attempt.Outcome.PUBLISHED, now, receipt=dict(receipt.raw))
    if isinstance(witness, Absent):
        if attempt.absent_at is None:
            Attempt.objects.filter(pk=attempt.pk).update(absent_at=now)
            return 0
        if now - attempt.absent_at < timedelta(seconds=settings.DELIVERY_SETTLING):
            return 0
        moved = Delivery.objects.move(Event.ABSENT, [delivery.pk], at=now, next_at=now, reason="")
        return moved and _close(attempt, Attempt.Outcome.ABSENT, now)
    assert isinstance(witness, CannotTell)
    moved = Delivery.objects.move(Event.CANNOT_TELL, [delivery.pk], at=now, reason=witness.reason)
    return moved and _close(attempt, Attempt.Outcome.UNKNOWN, now, words=witness.reason)


def _close(attempt: Attempt, outcome: Attempt.Outcome, now: datetime, **fields: object) -> int:
    return Attempt.objects.filter(pk=attempt.pk).update(outcome=outcome, settled_at=now, **fields)
