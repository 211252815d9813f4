"""What to do when a process died in the middle: believe nobody, ask the network."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from social_publisher.delivery import circuit
from social_publisher.delivery.journal import note_part
from social_publisher.delivery.ledger_time import elapsed
from social_publisher.delivery.pausing import pause_for_lost_permission
from social_publisher.delivery.payload import continuing, outgoing
from social_publisher.delivery.settle import known_ids, prove
from social_publisher.models import Alert, Attempt, Delivery
from social_publisher.models.ledger import DeliveryQuerySet, Event, State
from social_publisher.networks.base import CannotTell, Found, Receipt, Witness
from social_publisher.networks.errors import AuthError, NetworkError, RateLimitedError, RefusedError

logger = logging.getLogger(__name__)

BATCH = 100
# Oldest questions of each channel in one pass, and the pass's longest time in seconds.
EACH = 20
LONGEST_PASS = 20.0


def silent(now: datetime) -> DeliveryQuerySet:
    """What is armed by an owner that has not been heard of in time."""
    return Delivery.objects.filter(state=State.ARMED.value, lease_until__lt=now).order_by("lease_until")


def unknown(_now: datetime) -> DeliveryQuerySet:
    """What may be out and may not be, oldest first."""
    return Delivery.objects.filter(state=State.UNKNOWN.value).order_by("state_changed_at")


def expire_leases(now: datetime) -> int:
    """Move what a silent owner left armed to "unknown", never straight back to "waiting"."""
    owners: dict[UUID | None, list[int]] = {}
    for pk, owner in silent(now).values_list("pk", "owner")[: BATCH * 10]:
        owners.setdefault(owner, []).append(pk)
    reason = _("The process that was sending it ended; it is being checked.")
    late = Delivery.objects.filter(lease_until__lt=now)
    moved = [late.move(Event.LOST, ids, at=now, owner=owner, reason=reason) for owner, ids in owners.items()]
    return sum(moved)


def settle_unknown(now: datetime) -> int:
    """Look for the witness of every unknown delivery on its network. Returns how many were settled.

    A network may show a post a little late, so nothing is asked before its settling delay. One that cannot be asked, or
    whose module fails, keeps its question open and holds back no other: services whose last posts failed come last.
    After DELIVERY_PATIENCE a person is asked.
    """
    place = Window(RowNumber(), partition_by="channel_id", order_by=["state_changed_at", "pk"])
    open_questions = unknown(now).annotate(place=place).filter(place__lte=EACH)
    settled, started = 0, elapsed()
    in_vain: set[str] = set()
    rows = list(open_questions.select_related("channel")[: BATCH * 10])
    for delivery in _working_services_first(rows):
        if elapsed() - started > LONGEST_PASS:
            break
        settled += _look_at(delivery, in_vain, now)
    return settled


def _working_services_first(rows: Sequence[Delivery]) -> list[Delivery]:
    """By how often each service failed in a row, then oldest first: a pass is never used up by services that hang."""
    failures = circuit.failures()
    return sorted(rows, key=lambda row: failures.get(_service(row), 0))


def _service(delivery: Delivery) -> str:
    try:
        return delivery.channel.adapter.service(delivery.channel.account)
    except Exception:
        # Its module is missing or fails: that is said when the row is looked at.
        return ""


def _look_at(delivery: Delivery, in_vain: set[str], now: datetime) -> int:
    attempt, service = None, ""
    try:
        adapter, account = delivery.channel.adapter, delivery.channel.account
        service, own = adapter.service(account), f"channel {delivery.channel_id}"
        if {service, own} & in_vain or now - delivery.state_changed_at < adapter.capabilities.settling:
            return 0
        attempt = delivery.attempts.order_by("-number").first()
        if attempt is None:
            return _give_to_person(delivery, None, _("It has no attempt on record."), now)
        if closed := delivery.channel.why_closed(now):
            # Its permission is being renewed, or a person connects it: asked with what has ended, it would seem lost.
            return _lose_patience(delivery, attempt, closed, now)
        return _settle_one(delivery, attempt, now)
    except NetworkError as error:
        in_vain.add(f"channel {delivery.channel_id}" if _is_accounts_own(error) else service)
        if isinstance(error, AuthError):
            pause_for_lost_permission(delivery.channel_id, error.words, now)
        logger.warning("delivery %s: the network could not be asked yet: %s", delivery.pk, error.words)
        return _lose_patience(delivery, attempt, error.words, now)
    except Exception:
        logger.exception("delivery %s could not be settled", delivery.pk)
        return _lose_patience(delivery, attempt, _("The network's module fails when asked."), now)


def _is_accounts_own(error: NetworkError) -> bool:
    """Whether the trouble is one account's, so that the service's other accounts may still be asked."""
    if isinstance(error, RateLimitedError):
        return not error.app_wide
    return isinstance(error, AuthError | RefusedError)


def _settle_one(delivery: Delivery, attempt: Attempt, now: datetime) -> int:
    """Ask for the first part that is not out; it is the only one that can be unknown."""
    parts, out = outgoing(attempt.payload, delivery.parts_out)
    if len(out) == len(parts):
        return _published(delivery, attempt, out, now)
    known = known_ids(delivery.channel_id, delivery.pk, parts[0].created_at)
    part = replace(continuing(parts[len(out)], out), known=known.union(receipt.remote_id for receipt in out))
    witness = delivery.channel.adapter.find(delivery.channel.signed_in, part)
    return _apply(delivery, attempt, witness, (out, len(parts)), now)


@transaction.atomic
def _apply(
    delivery: Delivery, attempt: Attempt, witness: Witness, thread: tuple[tuple[Receipt, ...], int], now: datetime
) -> int:
    out, count = thread
    if isinstance(witness, Found):
        if count > 1:
            note_part(delivery.pk, len(out), witness.receipt)
        out = (*out, witness.receipt)
        if len(out) == count:
            return _published(delivery, attempt, out, now)
        return _wait_again(delivery, attempt, now, Attempt.Outcome.PUBLISHED)
    if isinstance(witness, CannotTell):
        return _give_to_person(delivery, attempt, witness.reason, now)
    if attempt.absent_at is None:
        Attempt.objects.filter(pk=attempt.pk).update(absent_at=now)
        return 0
    if now - attempt.absent_at < delivery.channel.adapter.capabilities.settling:
        return 0
    return _wait_again(delivery, attempt, now)


@transaction.atomic
def _published(delivery: Delivery, attempt: Attempt, out: Sequence[Receipt], now: datetime) -> int:
    raw = [dict(receipt.raw) for receipt in out]
    prove(delivery.pk, out[0], now)
    return _close(attempt, Attempt.Outcome.PUBLISHED, now, receipt=raw[0] if len(raw) == 1 else raw)


def _wait_again(
    delivery: Delivery, attempt: Attempt, now: datetime, outcome: Attempt.Outcome = Attempt.Outcome.ABSENT
) -> int:
    moved = _as_it_was(delivery).move(Event.ABSENT, [delivery.pk], at=now, next_at=now, reason="")
    return moved and _close(attempt, outcome, now)


@transaction.atomic
def _give_to_person(delivery: Delivery, attempt: Attempt | None, reason: str, now: datetime) -> int:
    moved = _as_it_was(delivery).move(Event.CANNOT_TELL, [delivery.pk], at=now, reason=reason)
    if moved:
        Alert.objects.raise_for(Alert.Kind.NEEDS_PERSON, [delivery.pk], now, reason)
        if attempt is not None:
            _close(attempt, Attempt.Outcome.UNKNOWN, now, words=reason)
    return moved


def _as_it_was(delivery: Delivery) -> DeliveryQuerySet:
    """The row, if it is still the question that was asked: another clock may have settled and sent it meanwhile."""
    return Delivery.objects.filter(attempts_made=delivery.attempts_made, state_changed_at=delivery.state_changed_at)


def _lose_patience(delivery: Delivery, attempt: Attempt | None, words: str, now: datetime) -> int:
    """A question nobody can ask for this long becomes a person's."""
    if now - delivery.state_changed_at < timedelta(seconds=settings.DELIVERY_PATIENCE):
        return 0
    return _give_to_person(delivery, attempt, _("The network could not be asked. %(words)s") % {"words": words}, now)


def _close(attempt: Attempt, outcome: Attempt.Outcome, now: datetime, **fields: object) -> int:
    return Attempt.objects.filter(pk=attempt.pk).update(outcome=outcome, settled_at=now, **fields)
