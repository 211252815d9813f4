"""Arming: one transaction that wins the rows, checks everything once more, and writes down what will be sent."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils.translation import gettext as _

from social_publisher.approval.package import Package, Parcel, build_packages
from social_publisher.approval.service import changed_reason, void, void_if_changed
from social_publisher.approval.stopping import stop
from social_publisher.delivery import budget, circuit
from social_publisher.delivery.payload import outgoing, payload_of
from social_publisher.models import Alert, Attempt, Delivery, Post
from social_publisher.models.ledger import Event
from social_publisher.networks.base import Account, Network, Outgoing, Receipt
from social_publisher.vault import LockedError

# What cannot be prepared is looked at again after this, until its cut-off.
POSTPONED = timedelta(minutes=1)
logger = logging.getLogger(__name__)

KEYS = UUID("8f2f3d4c-5c0e-4f0d-9f0e-6f5c2c1e7a10")

# Approved by as many as have to, or sent under break-glass. The tables hold it too; this is the last to ask.
DECIDED = Q(approval__urgent=True) | (
    ~Q(approval__approver_name="")
    & (~Q(approval__second_approver_name="") | ~Q(post__campaign__rules__second_level=True))
)

WRITTEN = """
INSERT INTO social_publisher_attempt
    (delivery_id, number, idempotency_key, record_key, digest, payload, owner, armed_at, outcome, words)
SELECT delivery_id, number, idempotency_key, record_key, digest, payload, owner, armed_at, 'open', ''
FROM jsonb_to_recordset(%s::jsonb) AS rows(delivery_id bigint, number smallint, idempotency_key uuid,
    record_key text, digest text, payload jsonb, owner uuid, armed_at timestamptz)
RETURNING delivery_id, id
"""


@dataclass(frozen=True, slots=True)
class Armed:
    """A delivery this process owns, with all its send needs. `parts_out` are the receipts of parts already sent,
    `granted_at` is when its budgets were charged, `interval` the channel's least distance between posts."""

    delivery_id: int
    attempt_id: int
    number: int
    channel_id: int
    campaign_id: int
    approval_id: int
    granted_at: datetime
    leaves_at: datetime
    interval: timedelta
    network: Network
    account: Account
    parts: tuple[Outgoing, ...]
    parts_out: tuple[Receipt, ...]

    @property
    def service(self) -> str:
        """The service whose outages this delivery shares."""
        return self.network.service(self.account)


@dataclass(frozen=True, slots=True)
class Ready:
    """A won row that may leave as far as its content goes."""

    row: Any
    package: Package
    parcel: Parcel
    account: Account
    service: str


def lease_end(now: datetime) -> datetime:
    """How long an owner is believed without a sign of life."""
    return now + timedelta(seconds=settings.DELIVERY_LEASE)


@transaction.atomic
def arm(ids: Collection[int], owner: UUID, now: datetime, ahead: timedelta = timedelta()) -> list[Armed]:
    """Win those of `ids` that may leave now, or within `ahead` from now and then not before their `leaves_at`.

    What changed since its approval is stopped instead, with the reason.
    Rows another process is deciding on are skipped. What a budget or an open circuit holds back gets its next time.
    Where the network can neither repeat nor be asked, one row is armed and the others are left for the next call.
    After the commit the attempts stand in the ledger; no network has been called.
    """
    rows = _win(ids, now + ahead)
    if not rows:
        return []
    packages = build_packages({row.post_id for row in rows})
    ready = _one_if_alone([item for row in rows if (item := _unchanged(row, packages.get(row.post_id), now))])
    ready = _admitted(ready, now + ahead)
    first = _first_payloads(ready)
    written = [(item, attempt) for item in ready if (attempt := _attempt(item, first, owner, now))]
    _write([attempt for _item, attempt in written])
    _mark_armed([item.row for item, _attempt in written], owner, now)
    return [_armed(item, attempt, now + ahead) for item, attempt in written]


def _win(ids: Collection[int], now: datetime) -> list[Any]:
    rows = Delivery.objects.due(now).unheld().filter(pk__in=ids, cut_off_at__gt=now)
    return list(
        rows.select_for_update(of=("self",), skip_locked=True)
        .annotate(
            campaign_id=F("post__campaign_id"),
            approved_digest=F("approval__digest"),
            voided_at=F("approval__voided_at"),
            voided_reason=F("approval__voided_reason"),
            decided=ExpressionWrapper(DECIDED, output_field=BooleanField()),
        )
        .only("post_id", "channel_id", "approval_id", "attempts_made", "parts_out", "next_at")
        .order_by("next_at", "pk")
    )


def _unchanged(row: Any, package: Package | None, now: datetime) -> Ready | None:
    """The row with what leaves, if that is what was approved; else it is stopped or postponed."""
    if row.voided_at is not None:
        stop([row.pk], now, row.voided_reason)
    elif not row.decided:
        _stop_undecided(row, now)
    elif package is None or package.faults:
        why = " ".join(fault.message for fault in package.faults) if package else _("It could not be prepared.")
        Delivery.objects.filter(pk=row.pk).update(next_at=now + POSTPONED, reason=why)
    elif (
        package.digest != row.approved_digest
        or (parcel := package.for_channel(row.channel_id)) is None
        or (parcel.short_link and parcel.short_link.target != parcel.link)
    ):
        _stop_changed(row, now)
    else:
        return _prepared(row, package, parcel, now)
    return None


def _stop_changed(row: Any, now: datetime) -> None:
    """Stop what no receiver noticed, tell people, and take the approval back as soon as this transaction has ended."""
    reason = changed_reason(Post.objects.get(pk=row.post_id))
    whole = stop([row.pk], now, reason)
    Alert.objects.raise_for(Alert.Kind.STOPPED, whole, now, reason)
    post_id = row.post_id
    transaction.on_commit(lambda: void_if_changed(post_id), robust=True)


def _stop_undecided(row: Any, now: datetime) -> None:
    """Stop what fewer people approved than have to, and take the approval back when this transaction has ended."""
    reason = _("Not everybody approved it who has to. It leaves only after a new approval.")
    whole = stop([row.pk], now, reason)
    Alert.objects.raise_for(Alert.Kind.STOPPED, whole, now, reason)
    post_id = row.post_id
    transaction.on_commit(lambda: void(Post.objects.get(pk=post_id), reason), robust=True)


def _prepared(row: Any, package: Package, parcel: Parcel, now: datetime) -> Ready | None:
    """Open the account and ask the network's module; what fails holds back nobody but this post."""
    try:
        closed = parcel.channel.why_closed(now)
        if not closed:
            account = parcel.channel.signed_in
            return Ready(row, package, parcel, account, parcel.channel.adapter.service(account))
    except LockedError as error:
        closed = str(error)
    except Exception:
        logger.exception("delivery %s: the network module failed before sending", row.pk)
        closed = _("It could not be prepared.")
    Delivery.objects.filter(pk=row.pk).update(next_at=now + POSTPONED, reason=closed)
    return None


def _one_if_alone(ready: list[Ready]) -> list[Ready]:
    alone = [item for item in ready if not item.parcel.channel.adapter.capabilities.settles_itself]
    return alone[:1] or ready


def _admitted(ready: list[Ready], now: datetime) -> list[Ready]:
    """What the circuits and budgets let through; the others get the time when they may."""
    admitted = _through_circuits(ready, now)
    by_channel: dict[int, list[Ready]] = {}
    for item in admitted:
        by_channel.setdefault(item.row.channel_id, []).append(item)
    demands = [
        budget.Demand(
            items[0].parcel.channel,
            items[0].service,
            items[0].parcel.channel.adapter.capabilities.limits,
            tuple(len(item.parcel.composed.parts) - len(item.row.parts_out) for item in items),
        )
        for items in by_channel.values()
    ]
    grants = budget.grant(demands, now) if demands else {}
    granted: list[Ready] = []
    for channel_id, items in by_channel.items():
        grant = grants[channel_id]
        granted += items[: grant.count]
        for item, again in zip(items[grant.count :], grant.later, strict=True):
            _put_off(item, again, _("It waits its turn: its channel sends one post at a time, or is at its limit."))
    return granted


def _through_circuits(ready: list[Ready], now: datetime) -> list[Ready]:
    broken = circuit.broken({item.service for item in ready}, now)
    through: list[Ready] = []
    for item in ready:
        allowed, until = broken.get(item.service, (len(ready), now))
        if sum(other.service == item.service for other in through) < allowed:
            through.append(item)
        else:
            _put_off(item, until, _("The network has failed several times in a row and is left alone for a while."))
    return through


def _put_off(item: Ready, until: datetime, reason: str) -> None:
    Delivery.objects.filter(pk=item.row.pk).update(next_at=until, reason=reason)


def _first_payloads(ready: list[Ready]) -> dict[int, Mapping[str, Any]]:
    """What the first attempt of each repeated delivery fixed: its keys and its time are every later attempt's too."""
    repeated = [item.row.pk for item in ready if item.row.attempts_made]
    if not repeated:
        return {}
    return dict(Attempt.objects.filter(delivery_id__in=repeated, number=1).values_list("delivery_id", "payload"))


def _attempt(item: Ready, first: Mapping[int, Mapping[str, Any]], owner: UUID, now: datetime) -> Attempt | None:
    row = item.row
    # One key a delivery, whatever the attempt: a network that honours it never makes a second post.
    key = uuid.uuid5(KEYS, f"{row.pk}:{row.approved_digest}")
    try:
        payload = payload_of(item.parcel, key, now, first.get(row.pk))
    except Exception:
        logger.exception("delivery %s: what it sends could not be written down", row.pk)
        _put_off(item, now + POSTPONED, _("It could not be prepared."))
        return None
    return Attempt(
        delivery_id=row.pk,
        number=row.attempts_made + 1,
        idempotency_key=key,
        record_key=payload["parts"][0]["record_key"],
        digest=item.package.digest,
        owner=owner,
        armed_at=now,
        payload=payload,
    )


def _write(attempts: list[Attempt]) -> None:
    """Insert a batch of attempts and give them their ids; as one value, which is cheaper than an array a column."""
    rows = [
        {
            "delivery_id": attempt.delivery_id,
            "number": attempt.number,
            "idempotency_key": str(attempt.idempotency_key),
            "record_key": attempt.record_key,
            "digest": attempt.digest,
            "payload": attempt.payload,
            "owner": str(attempt.owner),
            "armed_at": attempt.armed_at.isoformat(),
        }
        for attempt in attempts
    ]
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [json.dumps(rows)])
        ids = dict(cursor.fetchall())
    for attempt in attempts:
        attempt.pk = ids[attempt.delivery_id]


def _mark_armed(rows: list[Any], owner: UUID, now: datetime) -> None:
    by_number: dict[int, list[int]] = {}
    for row in rows:
        by_number.setdefault(row.attempts_made + 1, []).append(row.pk)
    for number, ids in by_number.items():
        Delivery.objects.move(
            Event.ARM, ids, at=now, owner=owner, lease_until=lease_end(now), attempts_made=number, reason=""
        )


def _armed(item: Ready, attempt: Attempt, granted_at: datetime) -> Armed:
    row, channel = item.row, item.parcel.channel
    parts, parts_out = outgoing(attempt.payload, row.parts_out)
    return Armed(
        delivery_id=row.pk,
        attempt_id=attempt.pk,
        number=attempt.number,
        channel_id=row.channel_id,
        campaign_id=row.campaign_id,
        approval_id=row.approval_id,
        granted_at=granted_at,
        leaves_at=row.next_at,
        interval=timedelta(seconds=channel.min_interval),
        network=channel.adapter,
        account=item.account,
        parts=parts,
        parts_out=parts_out,
    )
