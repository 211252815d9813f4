"""What is due, when the next one is, and what came too late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from social_publisher.approval.stopping import stop
from social_publisher.models import Alert, Delivery
from social_publisher.models.ledger import Event, State
from social_publisher.networks import registry

LOOK_AHEAD = 5000
EACH = 500
BATCH = 100
CROWD = 2 * BATCH
# What is due this soon is armed already, and each post then waits for its moment: it leaves on time and not after the
# time that arming takes. The last question before the call is asked at that moment.
AHEAD = timedelta(milliseconds=250)


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery to carry now, and what decides how it is batched."""

    pk: int
    channel_id: int
    network: str


def due(now: datetime, limit: int = LOOK_AHEAD) -> list[Due]:
    """Return the deliveries to carry now, oldest first: waiting, due, held by no pause.

    At most EACH of one channel, so that a channel with a long backlog keeps no other waiting.
    """
    place = Window(RowNumber(), partition_by="channel_id", order_by=["next_at", "pk"])
    rows = Delivery.objects.due(now).unheld().annotate(place=place).filter(place__lte=EACH).order_by("next_at", "pk")
    return [Due(*row) for row in rows.values_list("pk", "channel_id", "channel__network")[:limit]]


def batches(rows: Iterable[Due], size: int = BATCH) -> list[tuple[int, list[int]]]:
    """Split what is due into batches of one channel each, oldest first, as channel and ids.

    Where a network can neither repeat nor be asked, a batch is one post: a killed process leaves one question.
    """
    lanes: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for row in rows:
        lanes.setdefault(row.channel_id, []).append(row.pk)
        sizes.setdefault(row.channel_id, size if settles_itself(row.network) else 1)
    return [
        (channel, ids[start : start + sizes[channel]])
        for channel, ids in lanes.items()
        for start in range(0, len(ids), sizes[channel])
    ]


def settles_itself(slug: str) -> bool:
    """Whether an unknown outcome on this network is settled without a person."""
    try:
        return registry.get(slug).capabilities.settles_itself
    except registry.UnknownNetworkError:
        return False


def next_due_at(now: datetime) -> datetime | None:
    """Return when the next delivery that is not due yet comes due, or None. What is held is not waited for."""
    later = Delivery.objects.filter(state=State.WAITING.value, next_at__gt=now)
    moment: datetime | None = later.aggregate(moment=Min("next_at"))["moment"]
    return moment


def crowd(now: datetime) -> QuerySet[Delivery]:
    """Finds a row while so many posts are due that every process is busy sending."""
    return Delivery.objects.due(now).unheld().order_by()[CROWD : CROWD + 1]


def past_cut_off(now: datetime) -> QuerySet[Delivery]:
    """What still waits past its latest useful time, oldest first."""
    return Delivery.objects.filter(state=State.WAITING.value, cut_off_at__lte=now).order_by("cut_off_at")


@transaction.atomic
def mark_missed(now: datetime) -> int:
    """Give up what is past its cut-off, held or not, and return how many. Nothing leaves stale.

    A thread with parts already out is not missed: a person decides what becomes of it.
    """
    late = past_cut_off(now).select_for_update(skip_locked=True)
    ids = list(late.values_list("pk", flat=True)[:LOOK_AHEAD])
    if not ids:
        return 0
    reason = _("It could not leave before its latest useful time. Choose a new time and have it approved again.")
    missed = stop(ids, now, reason, Event.TOO_LATE)
    Alert.objects.raise_for(Alert.Kind.MISSED, missed, now, reason)
    return len(ids)
