"""What a person says about a delivery that nothing else can settle. Both answers are on the audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from social_publisher.approval.audit import acting, record
from social_publisher.approval.stopping import stop
from social_publisher.delivery.journal import note_part
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.delivery.payload import proof, to_receipt
from social_publisher.messages.links import UnsafeLinkError, check_link
from social_publisher.models import Attempt, Delivery
from social_publisher.models.ledger import Event
from social_publisher.networks.base import Receipt
from social_publisher.networks.registry import UnknownNetworkError

ID_LENGTH = 255
STOPPED = gettext_lazy("A person saw that it is not out. Choose a new time and have it approved again.")


class DecisionError(Exception):
    """Why the decision could not be taken, in the person's words."""


@transaction.atomic
def confirm(delivery: Delivery, url: str, user: Any) -> bool:
    """It is there: take the address a person found it under as its proof. Returns whether all of it is out.

    Of a thread this is the part in question, and what comes after it then leaves. Raises DecisionError.
    """
    delivery = _open(delivery)
    url = url.strip()
    try:
        check_link(url)
        remote_id = delivery.channel.adapter.identify(delivery.channel.account, url)
        if len(remote_id) > ID_LENGTH:
            raise ValueError(url)
    except UnknownNetworkError as error:
        raise DecisionError(str(error)) from error
    except (UnsafeLinkError, ValueError) as error:
        raise DecisionError(_("This is not a post's address. Copy it from the post itself on the network.")) from error
    same = Q(remote_id=remote_id) | Q(parts_out__contains=[{"id": remote_id}])
    if Delivery.objects.filter(same, channel_id=delivery.channel_id).exists():
        raise DecisionError(_("This address belongs to another post that left from here. Look again."))
    now = ledger_now()
    record("delivery.confirmed", delivery, user, delivery=delivery.pk, url=url, part=len(delivery.parts_out) + 1)
    out = [*map(to_receipt, delivery.parts_out), Receipt(remote_id, url, now)]
    last = delivery.attempts.order_by("-number").first()
    parts = len(last.payload["parts"]) if last else 1
    if parts > 1:
        note_part(delivery.pk, len(out) - 1, out[-1])
    if len(out) < parts:
        if _may_leave(delivery, now):
            with acting(user):
                Delivery.objects.move(Event.SEND_AGAIN, [delivery.pk], at=now, next_at=now, reason="")
        return False
    _published(delivery, out[0], now, user)
    if last is not None:
        receipt = {"url": url, "confirmed_by": user.get_username()}
        Attempt.objects.filter(pk=last.pk).update(outcome=Attempt.Outcome.PUBLISHED, settled_at=now, receipt=receipt)
    return True


@transaction.atomic
def leave_as_it_is(delivery: Delivery, user: Any) -> None:
    """Take a thread whose first parts are out as finished. Raises DecisionError."""
    delivery = _open(delivery)
    if not delivery.parts_out:
        raise DecisionError(_("Nothing of it is known to be out."))
    _published(delivery, to_receipt(delivery.parts_out[0]), ledger_now(), user)
    record("delivery.left-half-out", delivery, user, delivery=delivery.pk, parts=len(delivery.parts_out))


@transaction.atomic
def send_again(delivery: Delivery, reason: str, user: Any) -> bool:
    """It is not there: let it leave again, now, under the same approval. Returns whether it leaves.

    Where the approval no longer stands or it is too late, it is stopped, so that it can be approved anew. Raises
    DecisionError.
    """
    delivery = _open(delivery)
    now = ledger_now()
    if not reason.strip():
        raise DecisionError(_("Say how you know that it is not there, or why it should be tried again."))
    leaves = _may_leave(delivery, now)
    if delivery.parts_out and not leaves:
        raise DecisionError(_("The rest of it can no longer leave. Leave the thread as it is, and write a new post."))
    with acting(user):
        Delivery.objects.move(Event.SEND_AGAIN, [delivery.pk], at=now, next_at=now, reason="")
        if not leaves:
            stands = delivery.approval.stands
            stop([delivery.pk], now, str(STOPPED), Event.TOO_LATE if stands else Event.CANCELLED)
    record("delivery.sent-again", delivery, user, delivery=delivery.pk, reason=reason.strip(), leaves=leaves)
    return leaves


def _may_leave(delivery: Delivery, now: datetime) -> bool:
    return bool(delivery.approval.stands and delivery.cut_off_at > now)


def _published(delivery: Delivery, first: Receipt, now: datetime, user: Any) -> None:
    with acting(user):
        Delivery.objects.move(Event.CONFIRMED, [delivery.pk], at=now, **proof(first))


def _open(delivery: Delivery) -> Delivery:
    """The row, locked, if it still waits for a decision."""
    row = Delivery.objects.select_for_update(of=("self",)).select_related("channel", "approval").get(pk=delivery.pk)
    if not row.needs_decision:
        raise DecisionError(_("Somebody has decided already, or it was found on the network."))
    return row
