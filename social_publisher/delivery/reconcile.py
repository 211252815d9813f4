"""Once a minute the ledger is held against what should be on it: what is missing or stuck is mended, or shown."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from social_publisher.approval import service
from social_publisher.delivery.arm import POSTPONED
from social_publisher.models import Alert, Approval, Attempt, Delivery
from social_publisher.models.ledger import State

logger = logging.getLogger(__name__)

# What is held by nothing and yet this long past its time, or this long in one hand, is stuck.
STUCK = timedelta(minutes=5)
# Approvals are looked through around the time their posts leave.
SOON = timedelta(hours=2)
LONGEST_OFFSET = timedelta(days=8)
BATCH = 200


def reconcile(now: datetime) -> dict[str, int]:
    """Return how many of each kind were found: deliveries made anew, posts whose page went live, attempts closed, and
    rows shown as stuck."""
    found = {
        "deliveries": complete_deliveries(now),
        "pages": wake_announcements(now),
        "attempts": close_attempts(now),
        "stuck": show_stuck(now),
    }
    if any(found.values()):
        logger.warning("reconciled: %s", ", ".join(f"{name} {count}" for name, count in found.items() if count))
    return found


def complete_deliveries(now: datetime) -> int:
    """Give standing approvals of posts that are due soon the deliveries they lack."""
    approved = RawSQL("jsonb_array_length(package -> 'parcels')", [], output_field=IntegerField())
    soon = Approval.objects.filter(voided_at=None, post__due_at__range=(now - LONGEST_OFFSET, now + SOON))
    counted = ~Q(post__deliveries__state=State.CANCELLED.value) | Q(post__deliveries__approval=F("pk"))
    made = Count("post__deliveries__channel", filter=counted, distinct=True)
    lacking = soon.annotate(made=made, approved=approved)
    ids = list(lacking.filter(made__lt=F("approved")).values_list("pk", flat=True)[:BATCH])
    return sum(_completed(pk) for pk in ids)


def _completed(approval_id: int) -> int:
    """One that cannot be read holds back neither the others nor what else is mended."""
    try:
        return service.complete(approval_id)
    except Exception:
        logger.exception("the deliveries of approval %s could not be completed", approval_id)
        return 0


def wake_announcements(now: datetime) -> int:
    """Let posts leave that only waited for the page they announce, now that it is live."""
    waiting = Delivery.objects.filter(state=State.WAITING.value, due_at__lte=now, attempts_made=0)
    postponed = waiting.filter(next_at__gt=now, next_at__lte=now + POSTPONED, post__link_page__live=True)
    ids = list(postponed.exclude(reason="").values_list("pk", flat=True)[:BATCH])
    return Delivery.objects.filter(pk__in=ids, state=State.WAITING.value).update(next_at=now, reason="")


def close_attempts(now: datetime) -> int:
    """Close attempts that stand open though nobody is sending: their delivery was settled another way."""
    stale = Attempt.objects.filter(outcome=Attempt.Outcome.OPEN, armed_at__lt=now - STUCK)
    idle = stale.exclude(delivery__state__in=[State.ARMED.value, State.UNKNOWN.value])
    ids = list(idle.values_list("pk", flat=True)[:BATCH])
    return Attempt.objects.filter(pk__in=ids).update(outcome=Attempt.Outcome.UNKNOWN, settled_at=now)


@transaction.atomic
def show_stuck(now: datetime) -> int:
    """Tell people, once, of rows that should have moved long ago: due and held by nothing, armed, or being checked."""
    overdue = Delivery.objects.due(now - STUCK).unheld()
    told = Alert.objects.filter(delivery=OuterRef("pk"), kind=Alert.Kind.STUCK)
    in_hand = Q(state__in=[State.ARMED.value, State.UNKNOWN.value], state_changed_at__lt=now - STUCK)
    ids = list(overdue.filter(~Exists(told)).values_list("pk", flat=True)[:BATCH])
    ids += list(Delivery.objects.filter(in_hand).filter(~Exists(told)).values_list("pk", flat=True)[:BATCH])
    words = _("It has not moved for several minutes. See whether the clock runs.")
    Alert.objects.raise_for(Alert.Kind.STUCK, ids, now, words)
    return len(ids)
