"""Settling: write down what came of each send, in one commit a batch."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from social_publisher.approval.audit import record
from social_publisher.delivery import budget, circuit
from social_publisher.delivery.journal import Permit, note_part
from social_publisher.delivery.pausing import pause_for_lost_permission
from social_publisher.delivery.payload import proof
from social_publisher.delivery.retry import next_look, next_try
from social_publisher.delivery.send import Outcome
from social_publisher.models import Alert, Attempt, Credential, Delivery
from social_publisher.models.ledger import Event, State
from social_publisher.networks.base import Receipt, Scope
from social_publisher.networks.errors import (
    AuthError,
    ProcessingError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from social_publisher.vault import LockedError

logger = logging.getLogger(__name__)

# How much older another post may be and still be mistaken for one: more than any module looks back.
MISTAKEN = timedelta(hours=3)
# A thread that has begun is tried again within this time, or missed.
SOON = timedelta(days=8)
# Where a thread may have parts out without being all out: soon to be tried again, or in trouble.
TRIED_AGAIN = Q(state__in=[State.WAITING.value, State.ARMED.value])
IN_TROUBLE = Q(state__in=[State.UNKNOWN.value, State.NEEDS_PERSON.value, State.FAILED.value])
# A whole batch in two statements. The owner and the state stand in the condition, as in every move of the ledger.
PUBLISHED = """
UPDATE social_publisher_delivery d SET state = 'published', state_changed_at = %(now)s,
    owner = NULL, lease_until = NULL, remote_id = v.remote_id, remote_url = v.url,
    published_at = v.published_at, reason = ''
FROM jsonb_to_recordset(%(rows)s::jsonb) AS v(id bigint, remote_id text, url text, published_at timestamptz)
WHERE d.id = v.id AND d.state = 'armed' AND d.owner = %(owner)s
RETURNING d.id
"""
PROVEN = """
UPDATE social_publisher_attempt a SET outcome = 'published', settled_at = %(now)s, receipt = v.receipt
FROM jsonb_to_recordset(%(rows)s::jsonb) AS v(attempt_id bigint, receipt jsonb)
WHERE a.id = v.attempt_id
"""


@transaction.atomic
def settle(outcomes: Sequence[Outcome], owner: UUID, now: datetime) -> None:
    """Record every outcome. A row whose lease was taken away meanwhile is settled too if a receipt is at hand."""
    outcomes = [_unless_anothers(outcome) for outcome in outcomes]
    for outcome in outcomes:
        _note_parts(outcome)
    out = [outcome for outcome in outcomes if outcome.receipt is not None]
    if out:
        _settle_published(out, owner, now)
    for outcome in outcomes:
        if outcome.receipt is None:
            _settle_other(outcome, owner, now)
    _feed(outcomes, now)


def _unless_anothers(outcome: Outcome) -> Outcome:
    """A network may refuse a post as the repetition of another one; that one's receipt proves nothing."""
    repeated = [receipt.remote_id for receipt in outcome.receipts if receipt.repeated]
    armed = outcome.armed
    if not repeated or not known_ids(armed.channel_id, armed.delivery_id, armed.parts[0].created_at) & set(repeated):
        return outcome
    error = RefusedError(_("The network has the same words already, in another post. Change them."))
    return replace(outcome, receipts=armed.parts_out, error=error)


def known_ids(channel_id: int, delivery_id: int, made_at: datetime) -> frozenset[str]:
    """The remote ids of a channel's other posts that could be mistaken for one made then; of threads, of all parts."""
    others = Delivery.objects.filter(channel_id=channel_id).exclude(pk=delivery_id)
    published = others.filter(state=State.PUBLISHED.value, published_at__gte=made_at - MISTAKEN)
    half_out = others.filter(TRIED_AGAIN & Q(next_at__lte=made_at + SOON) | IN_TROUBLE).exclude(parts_out=[])
    found: set[str] = set()
    for rows in (published, half_out):
        for remote_id, parts in rows.values_list("remote_id", "parts_out"):
            found.update([remote_id, *(part["id"] for part in parts)])
    return frozenset(found - {""})


def _note_parts(outcome: Outcome) -> None:
    """Write down the parts of a thread that could not be written down as they left; what stands already is kept."""
    if len(outcome.armed.parts) > 1:
        for place in range(len(outcome.armed.parts_out), len(outcome.receipts)):
            note_part(outcome.armed.delivery_id, place, outcome.receipts[place])


def _settle_published(out: Sequence[Outcome], owner: UUID, now: datetime) -> None:
    rows = [
        {
            "id": outcome.armed.delivery_id,
            "attempt_id": outcome.armed.attempt_id,
            "remote_id": outcome.receipts[0].remote_id,
            "url": outcome.receipts[0].url,
            "published_at": outcome.receipts[0].published_at.isoformat(),
            "receipt": _raw(outcome),
        }
        for outcome in out
    ]
    values: dict[str, Any] = {"now": now, "owner": owner, "rows": json.dumps(rows)}
    with connection.cursor() as cursor:
        cursor.execute(PROVEN, values)
        cursor.execute(PUBLISHED, values)
        settled = {pk for (pk,) in cursor.fetchall()}
    for outcome in out:
        if outcome.armed.delivery_id not in settled:
            prove(outcome.armed.delivery_id, outcome.receipts[0], now)


def prove(delivery_id: int, receipt: Receipt, now: datetime) -> None:
    """Record a receipt of a row that is ours no more. Whatever was decided about it meanwhile, the post is out."""
    try:
        with transaction.atomic():
            for event in (Event.SENT, Event.FOUND, Event.LATE_RECEIPT):
                if Delivery.objects.move(event, [delivery_id], at=now, **proof(receipt)):
                    return
    except IntegrityError:
        logger.exception("delivery %s: a newer delivery of the same post stands", delivery_id)
    known = Delivery.objects.filter(pk=delivery_id, remote_id=receipt.remote_id).exists()
    if not known:
        logger.error("delivery %s: a receipt came for a row that is settled otherwise: %s", delivery_id, receipt.url)
        record("delivery.late-receipt", f"delivery {delivery_id}", url=receipt.url, remote_id=receipt.remote_id)


def _settle_other(outcome: Outcome, owner: UUID, now: datetime) -> None:
    """What did not go out: held before the call, unanswered, put off, its account's permission lost, or refused."""
    armed, error = outcome.armed, outcome.error
    if outcome.permit is Permit.GONE:
        return
    if outcome.permit is Permit.HELD:
        _close(outcome, Attempt.Outcome.RELEASED, now)
        _move(outcome, Event.PUT_OFF, owner, now)
    elif isinstance(error, UnknownOutcomeError):
        _close(outcome, Attempt.Outcome.UNKNOWN, now)
        _move(outcome, Event.LOST, owner, now, reason=_("The network gave no answer; it is being checked."))
    elif isinstance(error, TemporaryError):
        _close(outcome, Attempt.Outcome.TEMPORARY, now)
        again = (
            next_look(now, error.retry_after)
            if isinstance(error, ProcessingError)
            else next_try(now, armed.number, error.retry_after)
        )
        _move(outcome, Event.PUT_OFF, owner, now, next_at=again, reason=error.words)
    elif isinstance(error, AuthError) and _renewed_meanwhile(outcome):
        _close(outcome, Attempt.Outcome.TEMPORARY, now)
        _move(outcome, Event.PUT_OFF, owner, now, next_at=now, reason="")
    elif isinstance(error, AuthError):
        _close(outcome, Attempt.Outcome.TEMPORARY, now)
        _move(outcome, Event.PUT_OFF, owner, now, reason=error.words)
        pause_for_lost_permission(armed.channel_id, error.words, now)
    elif _first_refusal_after_a_question(outcome):
        _close(outcome, Attempt.Outcome.UNKNOWN, now)
        _move(outcome, Event.LOST, owner, now, reason=_("Refused after an open question; it is being checked."))
    else:
        words = error.words if error else ""
        _close(outcome, Attempt.Outcome.REFUSED, now)
        if _move(outcome, Event.REFUSED, owner, now, reason=words):
            Alert.objects.raise_for(Alert.Kind.REFUSED, [armed.delivery_id], now, words)


def _renewed_meanwhile(outcome: Outcome) -> bool:
    """Whether the account was opened with what a renewal or a person has replaced since it was armed."""
    credential = Credential.objects.filter(channel_id=outcome.armed.channel_id).first()
    try:
        return credential is not None and credential.open() != dict(outcome.armed.account.credentials)
    except LockedError:
        return False


def _first_refusal_after_a_question(outcome: Outcome) -> bool:
    """A refusal may mean "you have posted this": where an earlier attempt's outcome was open, the network is asked once
    more before the refusal is believed."""
    words = outcome.error.words if outcome.error else ""
    open_before = {Attempt.Outcome.UNKNOWN, Attempt.Outcome.ABSENT}
    earlier = Attempt.objects.filter(delivery_id=outcome.armed.delivery_id, number__lt=outcome.armed.number)
    told = list(earlier.values_list("outcome", "words"))
    return any(outcome in open_before for outcome, _words in told) and all(words != said for _outcome, said in told)


def _feed(outcomes: Sequence[Outcome], now: datetime) -> None:
    """Let circuits and budgets learn from what the networks said; in the order in which arming locks them."""
    failures: dict[str, list[datetime]] = {}
    successes: set[str] = set()
    blocks: dict[str, datetime] = {}
    for outcome in outcomes:
        armed, error = outcome.armed, outcome.error
        told = [
            (remaining.scope, remaining.resets_at)
            for receipt in outcome.receipts[len(armed.parts_out) :]
            for remaining in receipt.remaining
            if remaining.count <= 0
        ]
        if isinstance(error, RateLimitedError):
            told.append((Scope.APP if error.app_wide else Scope.CHANNEL, next_try(now, 1, error.retry_after, jitter=0)))
        elif outcome.met_outage:
            failures.setdefault(armed.service, []).append(armed.granted_at)
        elif outcome.asked:
            successes.add(armed.service)
        for scope, until in told:
            key = budget.key_of(scope, armed.service, armed.channel_id)
            blocks[key] = max(until, blocks.get(key, until))
    circuit.note(failures, successes, now)
    unmade = [_unmade(outcome) for outcome in outcomes if outcome.unmade]
    budget.learn(blocks, unmade)


def _unmade(outcome: Outcome) -> budget.Unmade:
    armed = outcome.armed
    limits = armed.network.capabilities.limits
    nothing = outcome.unmade == len(armed.parts) - len(armed.parts_out)
    interval = armed.interval if nothing else timedelta()
    return budget.Unmade(armed.service, armed.channel_id, limits, armed.granted_at, outcome.unmade, interval)


def _raw(outcome: Outcome) -> Any:
    raw = [dict(receipt.raw) for receipt in outcome.receipts]
    return raw[0] if len(raw) == 1 else raw


def _close(outcome: Outcome, result: Attempt.Outcome, now: datetime) -> None:
    words = outcome.error.words if outcome.error else ""
    Attempt.objects.filter(pk=outcome.armed.attempt_id).update(outcome=result, settled_at=now, words=words)


def _move(outcome: Outcome, event: Event, owner: UUID, now: datetime, **fields: object) -> int:
    return Delivery.objects.move(event, [outcome.armed.delivery_id], at=now, owner=owner, **fields)
