"""Carrying the steps of takedowns: one row won, one network asked, one commit. Killed anywhere, it is done again.

Taking back what is gone succeeds, so a step may be carried twice without harm. A pause holds no step.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from social_publisher.approval.stopping import stop
from social_publisher.delivery import budget
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.delivery.pausing import pause_for_lost_permission
from social_publisher.delivery.retry import next_try
from social_publisher.delivery.takedown import finish_if_done, set_step, settle_as_recalled
from social_publisher.models import Alert, Attempt, Channel, Delivery, TakedownStep
from social_publisher.models.ledger import State
from social_publisher.networks.base import Scope
from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnsupportedError,
)
from social_publisher.networks.registry import UnknownNetworkError
from social_publisher.vault import LockedError

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Steps = TakedownStep.State

# Longer than a call with its time-out; renewed before each.
LEASE = timedelta(minutes=2)
# How soon to look again at what is leaving or being checked.
SOON = timedelta(seconds=2)
# After so many tries in vain people are told; it goes on being tried.
PATIENCE = 4
# One answer "who are you?" may be from a token that has just been renewed; the second is believed.
BELIEVED = 2


@dataclass(frozen=True, slots=True)
class Task:
    """A step this process owns, and the remote ids of what is to be taken back, in their order."""

    step: TakedownStep
    owner: UUID
    channel: Channel
    remote_ids: tuple[str, ...]


def due_steps(now: datetime) -> QuerySet[TakedownStep]:
    """Steps to carry now, and those whose carrier has not been heard of in time; oldest first."""
    due = Q(state=Steps.WAITING, next_at__lte=now) | Q(state=Steps.RECALLING, lease_until__lt=now)
    return TakedownStep.objects.filter(due).order_by("next_at", "pk")


def carry_steps(clock: Clock = ledger_now) -> int:
    """Carry every step that is due, oldest first, and return how many. Any number of processes may at once."""
    carried = 0
    while (task := _next(clock())) is not None:
        if task.remote_ids:
            _recall(task, clock)
        carried += 1
    return carried


@transaction.atomic
def _next(now: datetime) -> Task | None:
    """Win the next step and say what to take back; nothing, where it was settled without asking the network."""
    rows = due_steps(now).select_for_update(of=("self",), skip_locked=True)
    step = rows.select_related("takedown").first()
    if step is None:
        return None
    delivery = _as_it_stands(step, now)
    task = Task(step, uuid4(), delivery.channel, out_of(delivery))
    if delivery.state in {State.ARMED.value, State.UNKNOWN.value}:
        words = _("It is being checked whether it is out.")
        set_step(step, Steps.WAITING, now, next_at=now + SOON, words=words)
    elif delivery.state == State.RECALLED.value:
        _over(step, Steps.RECALLED, now)
    elif task.remote_ids and (why_not := why_by_hand(delivery.channel)):
        _for_a_person(step, Steps.BY_HAND, why_not, now)
    elif task.remote_ids:
        step.tries += 1
        values = {"owner": task.owner, "lease_until": now + LEASE, "tries": step.tries, "changed_at": now}
        TakedownStep.objects.filter(pk=step.pk).update(state=Steps.RECALLING, **values)
        return task
    elif delivery.state in {State.NEEDS_PERSON.value, State.PUBLISHED.value}:
        words = _("Nobody can tell whether it is out. Look at the channel, and remove it if it is there.")
        _for_a_person(step, Steps.BY_HAND, words, now)
    else:
        _over(step, Steps.GONE, now)
    return replace(task, remote_ids=())


def _as_it_stands(step: TakedownStep, now: datetime) -> Delivery:
    """The step's delivery, locked. One that waits again under the approval that was taken back is stopped."""
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("channel", "approval")
    delivery = rows.get(pk=step.delivery_id)
    if delivery.state == State.WAITING.value and not delivery.approval.stands:
        stop([delivery.pk], now, _("Taken down: %(reason)s") % {"reason": step.takedown.reason})
        delivery.refresh_from_db(fields=["state"])
    return delivery


def out_of(delivery: Delivery) -> tuple[str, ...]:
    """The remote ids of what is known to be out, in their order."""
    if delivery.parts_out and (delivery.state == State.PUBLISHED.value or delivery.needs_decision):
        return tuple(part["id"] for part in delivery.parts_out)
    return (delivery.remote_id,) if delivery.state == State.PUBLISHED.value and delivery.remote_id else ()


def why_by_hand(channel: Channel) -> str:
    """Why only a person can remove a post there; empty where the network can be asked."""
    try:
        if channel.adapter.capabilities.recall:
            return ""
    except UnknownNetworkError as error:
        return str(error)
    return _("This network lets no program take a post back.")


def _recall(task: Task, clock: Clock) -> None:
    """Ask the network for each part, last first, and write down what came of it."""
    try:
        if closed := task.channel.why_closed(clock()):
            raise AuthError(closed)
        account = task.channel.signed_in
        for remote_id in reversed(task.remote_ids):
            if not _mine(task).update(lease_until=clock() + LEASE):
                return
            task.channel.adapter.recall(account, remote_id)
    except NetworkError as error:
        _not_recalled(task, error, clock())
    except LockedError as error:
        _not_recalled(task, TemporaryError(str(error)), clock())
    except Exception:
        logger.exception("delivery %s: the network's module failed to take it back", task.step.delivery_id)
        _not_recalled(task, TemporaryError(_("The network's module fails when asked.")), clock())
    else:
        _recalled(task, clock())


@transaction.atomic
def _recalled(task: Task, now: datetime) -> None:
    step = _mine(task).select_for_update(of=("self",)).select_related("takedown").first()
    if step is None:
        return
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("channel").get(pk=step.delivery_id)
    if out_of(delivery) != task.remote_ids:
        # A part turned up meanwhile.
        set_step(step, Steps.WAITING, now)
    elif _is_in_question(delivery):
        words = _(
            "What is known of it was taken back. Look whether the part after it is on the channel, and remove it."
        )
        _for_a_person(step, Steps.BY_HAND, words, now)
    else:
        settle_as_recalled(delivery, step.takedown, now)
        _over(step, Steps.RECALLED, now)


@transaction.atomic
def _not_recalled(task: Task, error: NetworkError, now: datetime) -> None:
    """What the network's answer means: a person's, or tried again later."""
    step = _mine(task).select_for_update(of=("self",)).select_related("takedown").first()
    if step is None:
        return
    logger.warning("delivery %s could not be taken back: %s", step.delivery_id, error.words)
    if isinstance(error, UnsupportedError):
        _for_a_person(step, Steps.BY_HAND, error.words, now)
        return
    if isinstance(error, RefusedError):
        _for_a_person(step, Steps.FAILED, error.words, now)
        return
    wait = error.retry_after if isinstance(error, TemporaryError) else None
    again = next_try(now, step.tries, wait)
    told = step.told_at
    if isinstance(error, AuthError) and step.tries >= BELIEVED:
        pause_for_lost_permission(task.channel.pk, error.words, now)
    if isinstance(error, RateLimitedError):
        _hold(task.channel, error, next_try(now, 1, wait, jitter=0))
    if told is None and (step.tries >= PATIENCE or (isinstance(error, AuthError) and step.tries >= BELIEVED)):
        told = _tell(step, error.words, now)
    set_step(step, Steps.WAITING, now, next_at=again, words=error.words, told_at=told)


def _hold(channel: Channel, error: RateLimitedError, until: datetime) -> None:
    """Let the channel's posts wait too, as long as the network asked to."""
    scope = Scope.APP if error.app_wide else Scope.CHANNEL
    budget.learn({budget.key_of(scope, channel.adapter.service(channel.account), channel.pk): until}, [])


def _for_a_person(step: TakedownStep, state: TakedownStep.State, words: str, now: datetime) -> None:
    told = step.told_at or _tell(step, words, now)
    set_step(step, state, now, words=words, told_at=told)


def _tell(step: TakedownStep, words: str, now: datetime) -> datetime:
    Alert.objects.raise_for(Alert.Kind.TAKEDOWN, [step.delivery_id], now, words)
    return now


def _over(step: TakedownStep, state: TakedownStep.State, now: datetime) -> None:
    set_step(step, state, now)
    finish_if_done(step.takedown_id, now)


def _is_in_question(delivery: Delivery) -> bool:
    """Whether the part after the last known one may be out too."""
    last = delivery.attempts.order_by("-number").first()
    open_question = last is not None and last.outcome == Attempt.Outcome.UNKNOWN
    return delivery.state == State.NEEDS_PERSON.value and open_question


def _mine(task: Task) -> QuerySet[TakedownStep]:
    return TakedownStep.objects.filter(pk=task.step.pk, owner=task.owner, state=Steps.RECALLING)
