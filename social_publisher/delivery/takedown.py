"""Taking a published post back: what one person decides, and what is then still to do on each channel.

A takedown stops what waits in its own transaction and leaves one step for each channel where something may be out.
`recall.py` carries the steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from social_publisher.approval import service
from social_publisher.approval.audit import acting, display_name, record
from social_publisher.approval.errors import ApprovalError
from social_publisher.approval.prepared import post_correction
from social_publisher.approval.stopping import stop
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.delivery.payload import proof, to_receipt
from social_publisher.models import Alert, Correction, Delivery, Post, Takedown, TakedownStep
from social_publisher.models.ledger import Event, State

# Over without anything to take back, if no part of it is out.
OVER = [State.CANCELLED.value, State.MISSED.value, State.RECALLED.value, State.FAILED.value]
HAS_PARTS_OUT = ~Q(parts_out=[])
MAY_BE_OUT = Q(state__in=[State.PUBLISHED.value, State.ARMED.value, State.UNKNOWN.value, State.NEEDS_PERSON.value]) | Q(
    HAS_PARTS_OUT, state=State.FAILED.value
)


class TakedownError(Exception):
    """Why it cannot be done, in the person's words."""


def may_be_taken_down(post: Post) -> bool:
    """Whether anything of it is out, leaving or waiting."""
    return Delivery.objects.filter(post=post).filter(~Q(state__in=OVER) | MAY_BE_OUT).exists()


@transaction.atomic
def take_down(
    post: Post, user: Any, reason: str, *, correction: Correction | None = None, only: Delivery | None = None
) -> Takedown:
    """Stop what waits, and have what is out taken back; with a correction, its words leave now where something was out.

    `only` takes one published delivery back and leaves the post's other channels alone. A channel that got the same
    correction of this post in an earlier takedown does not get it again. Raises TakedownError.
    """
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    reason, now = reason.strip(), ledger_now()
    _require_reason_and_matter(post, reason, only)
    why = _("Taken down by %(name)s: %(reason)s") % {"name": display_name(user), "reason": reason}
    if only is None:
        service.void(post, why, user)
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("channel").filter(MAY_BE_OUT, post=post)
    deliveries = list(rows if only is None else rows.filter(pk=only.pk))
    takedown = Takedown.objects.create(
        post=post, delivery=only, reason=reason, by=user, by_name=display_name(user), at=now
    )
    TakedownStep.objects.bulk_create(
        TakedownStep(takedown=takedown, delivery=delivery, next_at=now, changed_at=now) for delivery in deliveries
    )
    record("takedown.started", post, user, takedown=takedown.pk, post=post.pk, reason=reason, channels=len(deliveries))
    Alert.objects.tell(Alert.Kind.TAKEDOWN, now, why, post=post)
    if correction is not None:
        _correct(takedown, correction, deliveries, user, now)
    finish_if_done(takedown.pk, now)
    takedown.refresh_from_db()
    return takedown


@transaction.atomic
def removed_by_hand(step: TakedownStep, user: Any) -> None:
    """A person has removed it on the network, or looked and found nothing. Raises TakedownError."""
    step = _open_step(step)
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("approval").get(pk=step.delivery_id)
    if delivery.state in {State.ARMED.value, State.UNKNOWN.value}:
        raise TakedownError(_("It is still being checked whether it is out. Wait until that is settled."))
    now = ledger_now()
    with acting(user):
        settle_as_recalled(delivery, step.takedown, now)
    set_step(step, TakedownStep.State.REMOVED, now, words=_("By %(name)s") % {"name": display_name(user)})
    record("takedown.removed-by-hand", delivery, user, takedown=step.takedown_id, delivery=delivery.pk)
    finish_if_done(step.takedown_id, now)


@transaction.atomic
def try_again(step: TakedownStep, user: Any) -> None:
    """Have the network asked again now. Raises TakedownError."""
    step, now = _open_step(step), ledger_now()
    set_step(step, TakedownStep.State.WAITING, now, tries=0, told_at=None)
    record("takedown.tried-again", step.delivery, user, takedown=step.takedown_id, delivery=step.delivery_id)


def settle_as_recalled(delivery: Delivery, takedown: Takedown, now: datetime) -> None:
    """Bring a locked delivery's row to its end, from whatever state its network or a person left it in."""
    why = _("Taken down by %(name)s: %(reason)s") % {"name": takedown.by_name, "reason": takedown.reason}
    if delivery.parts_out and delivery.needs_decision:
        Delivery.objects.move(Event.CONFIRMED, [delivery.pk], at=now, **proof(to_receipt(delivery.parts_out[0])))
    elif delivery.state == State.NEEDS_PERSON.value:
        # Nobody could tell whether it was out. Now a person knows that it is not, and its approval is gone.
        Delivery.objects.move(Event.SEND_AGAIN, [delivery.pk], at=now, next_at=now)
        stop([delivery.pk], now, why)
    Delivery.objects.move(Event.RECALLED, [delivery.pk], at=now, reason=why)


def set_step(step: TakedownStep, state: TakedownStep.State, now: datetime, **fields: Any) -> int:
    """Write a step's new state; whoever was at work on it is no more. Returns whether the row was there."""
    values = {"words": "", "next_at": now, **fields, "owner": None, "lease_until": None, "changed_at": now}
    values["done_at"] = now if state in TakedownStep.DONE else None
    return TakedownStep.objects.filter(pk=step.pk).update(state=state, **values)


def finish_if_done(takedown_id: int, now: datetime) -> None:
    """Close a takedown whose last step is over. Call after the step's own change, in its transaction."""
    takedown = Takedown.objects.select_for_update(of=("self",)).get(pk=takedown_id)
    if takedown.done_at is None and not takedown.steps.filter(done_at=None).exists():
        Takedown.objects.filter(pk=takedown_id).update(done_at=now)
        record("takedown.done", takedown, takedown=takedown_id, post=takedown.post_id)


@transaction.atomic
def look_for_late(now: datetime) -> int:
    """Take up again what turned out otherwise: a receipt that came late, or what a person found. Returns how many."""
    settled = TakedownStep.objects.filter(state__in=[TakedownStep.State.GONE, *TakedownStep.FOR_A_PERSON])
    changed = settled.filter(delivery__state_changed_at__gt=F("changed_at")).select_for_update(of=("self",))
    steps = list(changed)
    for step in steps:
        set_step(step, TakedownStep.State.WAITING, now, tries=0)
    reopened = {step.takedown_id for step in steps}
    late = list(_out_without_step().values_list("pk", "post_id"))
    for delivery_id, post_id in late:
        takedown = Takedown.objects.filter(post_id=post_id, delivery=None).latest("at")
        TakedownStep.objects.get_or_create(
            takedown=takedown, delivery_id=delivery_id, defaults={"next_at": now, "changed_at": now}
        )
        reopened.add(takedown.pk)
    Takedown.objects.filter(pk__in=reopened).update(done_at=None)
    return len(steps) + len(late)


def _out_without_step() -> Any:
    """What came out of a post that was taken down whole, though approved before it was, and no step takes back."""
    whole = Takedown.objects.filter(delivery=None)
    taken = whole.filter(post=OuterRef("post"), at__gte=OuterRef("approval__approved_at"))
    step = TakedownStep.objects.filter(delivery=OuterRef("pk"))
    out = Delivery.objects.filter(state=State.PUBLISHED.value, post__in=whole.values("post"))
    return out.filter(Exists(taken), ~Exists(step))


def _require_reason_and_matter(post: Post, reason: str, only: Delivery | None) -> None:
    if not reason:
        raise TakedownError(_("Say why it is taken down. The reason is kept in the record."))
    opened = TakedownStep.objects.filter(takedown__post=post, done_at=None)
    if only is not None:
        if only.post_id != post.pk or only.state != State.PUBLISHED.value:
            raise TakedownError(_("It is not out on this channel any more."))
        if opened.filter(delivery=only).exists():
            raise TakedownError(_("It is being taken back on this channel already."))
    elif Takedown.objects.filter(post=post, delivery=None, done_at=None).exists():
        raise TakedownError(_("This post is being taken down already."))
    elif not may_be_taken_down(post):
        raise TakedownError(_("Nothing of this post is out, leaving or waiting."))


def _correct(
    takedown: Takedown, correction: Correction, deliveries: Sequence[Delivery], user: Any, now: datetime
) -> None:
    if correction.campaign_id != takedown.post.campaign_id:
        raise TakedownError(_("This correction belongs to another campaign. Choose one of this post's campaign."))
    earlier = Takedown.objects.filter(post=takedown.post, with_correction=correction).exclude(pk=takedown.pk)
    corrected = set(earlier.values_list("correction_post__variants__channel", flat=True))
    channels = [delivery.channel for delivery in deliveries if delivery.channel_id not in corrected]
    if corrected and not channels:
        return
    try:
        post = post_correction(correction, channels, now)
    except ApprovalError as error:
        raise TakedownError(str(error)) from error
    Takedown.objects.filter(pk=takedown.pk).update(with_correction=correction, correction_post=post)
    record("takedown.correction-posted", post, user, takedown=takedown.pk, post=post.pk, correction=correction.pk)


def _open_step(step: TakedownStep) -> TakedownStep:
    """The row, locked, if something is left to do of it."""
    row = TakedownStep.objects.select_for_update(of=("self",)).select_related("takedown", "delivery").get(pk=step.pk)
    if row.is_done:
        raise TakedownError(_("It is over on this channel already."))
    return row
