"""What a person says about a delivery that nothing else can settle. Both answers are on the audit."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from social_publisher.approval.audit import record
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.messages.links import UnsafeLinkError, check_link
from social_publisher.models import Attempt, Delivery
from social_publisher.models.ledger import Event, State


class DecisionError(Exception):
    """Why the decision could not be taken, in the person's words."""


@transaction.atomic
def confirm(delivery: Delivery, url: str, user: Any) -> None:
    """It is there: take the address a person found it under as its proof. Raises DecisionError."""
    delivery = _open(delivery, {State.NEEDS_PERSON})
    url = url.strip()
    try:
        check_link(url)
        remote_id = delivery.channel.adapter.identify(delivery.channel.account, url)
    except (UnsafeLinkError, ValueError) as error:
        raise DecisionError(_("This is not a post's address. Copy it from the post itself on the network.")) from error
    if Delivery.objects.filter(channel_id=delivery.channel_id, remote_id=remote_id).exclude(pk=delivery.pk).exists():
        raise DecisionError(_("This address belongs to another post that left from here. Look again."))
    now = ledger_now()
    Delivery.objects.move(
        Event.CONFIRMED, [delivery.pk], at=now, remote_id=remote_id, remote_url=url, published_at=now, reason=""
    )
    last = delivery.attempts.order_by("-number").first()
    if last is not None:
        receipt = {"url": url, "confirmed_by": user.get_username()}
        Attempt.objects.filter(pk=last.pk).update(outcome=Attempt.Outcome.PUBLISHED, settled_at=now, receipt=receipt)
    record("delivery.confirmed", delivery, user, delivery=delivery.pk, url=url)


@transaction.atomic
def send_again(delivery: Delivery, reason: str, user: Any) -> None:
    """It is not there: let it leave again, now, under the same approval. Raises DecisionError."""
    delivery = _open(delivery, {State.NEEDS_PERSON, State.FAILED})
    now = ledger_now()
    if not reason.strip():
        raise DecisionError(_("Say how you know that it is not there, or why it should be tried again."))
    if not delivery.approval.stands:
        raise DecisionError(_("Its approval was taken back. Have it approved again instead."))
    if delivery.cut_off_at <= now:
        raise DecisionError(_("Its latest useful time has passed. Choose a new time and have it approved again."))
    Delivery.objects.move(Event.SEND_AGAIN, [delivery.pk], at=now, next_at=now, reason="")
    record("delivery.sent-again", delivery, user, delivery=delivery.pk, reason=reason.strip())


def _open(delivery: Delivery, states: set[State]) -> Delivery:
    """The row, locked, if it still waits for this decision."""
    row = Delivery.objects.select_for_update(of=("self",)).select_related("channel", "approval").get(pk=delivery.pk)
    if row.state not in {state.value for state in states}:
        raise DecisionError(_("Somebody has decided already, or it was found on the network."))
    return row
