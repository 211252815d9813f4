"""Arming: one transaction that wins the rows, checks everything once more, and writes down what will be sent."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from social_publisher.approval.package import Package, build_package
from social_publisher.approval.service import changed_reason
from social_publisher.messages.render import Attachment
from social_publisher.models import Attempt, Delivery
from social_publisher.models.ledger import Event
from social_publisher.networks.base import Account, Network, Outgoing

logger = logging.getLogger(__name__)

# What cannot be prepared is looked at again after this, until its cut-off.
POSTPONED = timedelta(minutes=1)
KEYS = UUID("8f2f3d4c-5c0e-4f0d-9f0e-6f5c2c1e7a10")


@dataclass(frozen=True, slots=True)
class Armed:
    """A delivery this process owns, with all its send needs and nothing that asks the database again."""

    delivery_id: int
    attempt_id: int
    number: int
    network: Network
    account: Account
    outgoing: Outgoing


def lease_end(now: datetime) -> datetime:
    """How long an owner is believed without a sign of life."""
    return now + timedelta(seconds=settings.DELIVERY_LEASE)


@transaction.atomic
def arm(ids: Collection[int], owner: UUID, now: datetime) -> list[Armed]:
    """Win those of `ids` that may leave now. What changed since its approval is stopped instead, with the reason.

    Rows another process is deciding on are skipped. After the commit the attempts stand in the ledger; no network
    has been called.
    """
    rows = list(
        Delivery.objects.due(now)
        .unheld()
        .filter(pk__in=ids, cut_off_at__gt=now)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related(
            "post__campaign", "post__latest_revision__user", "post__author", "channel", "approval", "short_link"
        )
        .order_by("next_at", "pk")
    )
    packages: dict[int, Package | None] = {}
    attempts: list[Attempt] = []
    armed: list[tuple[Delivery, Attempt]] = []
    for row in rows:
        if not row.approval.stands:
            Delivery.objects.move(Event.CANCELLED, [row.pk], at=now, reason=row.approval.voided_reason)
            continue
        package = _package(row, packages)
        if package is None or package.faults:
            why = " ".join(fault.message for fault in package.faults) if package else _("It could not be prepared.")
            Delivery.objects.filter(pk=row.pk).update(next_at=now + POSTPONED, reason=why)
            continue
        if package.digest != row.approval.digest:
            Delivery.objects.move(Event.CANCELLED, [row.pk], at=now, reason=changed_reason(row.post))
            continue
        parcel = package.for_channel(row.channel_id)
        assert parcel is not None, "an equal digest has the same channels"
        rendered = parcel.rendered
        attempt = Attempt(
            delivery=row,
            number=row.attempts_made + 1,
            # One key a delivery, whatever the attempt: a network that honours it never makes a second post.
            idempotency_key=uuid.uuid5(KEYS, f"{row.pk}:{row.approval.digest}"),
            digest=package.digest,
            owner=owner,
            armed_at=now,
            payload={
                "text": rendered.text,
                "language": rendered.language,
                "attachments": [asdict(attachment) for attachment in rendered.attachments],
                "link": row.short_link.url if row.short_link else "",
            },
        )
        attempts.append(attempt)
        armed.append((row, attempt))
    Attempt.objects.bulk_create(attempts)
    _mark_armed([row for row, _ignored in armed], owner, now)
    return [_armed(row, attempt) for row, attempt in armed]


def _package(row: Delivery, packages: dict[int, Package | None]) -> Package | None:
    """Build each post's package once; a post that cannot be built holds back nobody but itself."""
    if row.post_id not in packages:
        try:
            with transaction.atomic():
                packages[row.post_id] = build_package(row.post.current())
        except Exception:
            logger.exception("post %s could not be prepared", row.post_id)
            packages[row.post_id] = None
    return packages[row.post_id]


def _mark_armed(rows: list[Delivery], owner: UUID, now: datetime) -> None:
    by_number: dict[int, list[int]] = {}
    for row in rows:
        by_number.setdefault(row.attempts_made + 1, []).append(row.pk)
    for number, ids in by_number.items():
        Delivery.objects.move(
            Event.ARM, ids, at=now, owner=owner, lease_until=lease_end(now), attempts_made=number, reason=""
        )


def outgoing(attempt: Attempt) -> Outgoing:
    """Return exactly what an attempt sends, from its own record."""
    payload = attempt.payload
    return Outgoing(
        text=payload["text"],
        language=payload["language"],
        attachments=tuple(Attachment(**attachment) for attachment in payload["attachments"]),
        link=payload["link"],
        idempotency_key=str(attempt.idempotency_key),
        record_key=attempt.record_key,
        armed_at=attempt.armed_at,
    )


def _armed(row: Delivery, attempt: Attempt) -> Armed:
    return Armed(row.pk, attempt.pk, attempt.number, row.channel.adapter, row.channel.account, outgoing(attempt))
