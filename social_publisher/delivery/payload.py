"""What an attempt remembers, so that exactly the same can be sent or looked for again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from social_publisher.approval.package import Parcel
from social_publisher.messages.render import Attachment, Card
from social_publisher.networks.base import Outgoing, Receipt


def payload_of(parcel: Parcel, key: UUID, now: datetime, first: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return an attempt's memory. Keys and time are those of the `first` attempt, where there was one."""
    composed = parcel.composed
    created_at = datetime.fromisoformat(first["created_at"]) if first else now
    adapter = parcel.channel.adapter
    parts = []
    for place, text in enumerate(composed.parts):
        known = first["parts"][place] if first else None
        parts.append(
            {
                "text": text,
                "attachments": [asdict(attachment) for attachment in composed.attachments] if place == 0 else [],
                "card": asdict(composed.card) if composed.card and place == 0 else None,
                "key": str(key if place == 0 else uuid.uuid5(key, str(place))),
                "record_key": known["record_key"] if known else adapter.record_key(created_at),
            }
        )
    return {
        "language": composed.language,
        "warning": composed.warning,
        "link": parcel.short_link.url if parcel.short_link else "",
        "created_at": created_at.isoformat(),
        "parts": parts,
    }


def outgoing(
    payload: Mapping[str, Any], out: Sequence[Mapping[str, Any]]
) -> tuple[tuple[Outgoing, ...], tuple[Receipt, ...]]:
    """Return all parts of an attempt, and the receipts of those that are out already."""
    parts = tuple(
        Outgoing(
            text=part["text"],
            language=payload["language"],
            attachments=tuple(Attachment(**attachment) for attachment in part["attachments"]),
            link=payload["link"],
            idempotency_key=part["key"],
            record_key=part["record_key"],
            created_at=datetime.fromisoformat(payload["created_at"]),
            warning=payload.get("warning", ""),
            card=_card(part.get("card")),
        )
        for part in payload["parts"]
    )
    return parts, tuple(to_receipt(kept) for kept in out)


def _card(kept: Mapping[str, Any] | None) -> Card | None:
    if not kept:
        return None
    image = Attachment(**kept["image"]) if kept["image"] else None
    return Card(kept["title"], kept["description"], image)


def continuing(part: Outgoing, out: Sequence[Receipt]) -> Outgoing:
    """The part as an answer to what is out before it."""
    if not out:
        return part
    return replace(part, reply_to=out[-1].remote_id, thread=out[0].remote_id)


def proof(receipt: Receipt) -> dict[str, Any]:
    """What a receipt writes on the delivery's row."""
    return {
        "remote_id": receipt.remote_id,
        "remote_url": receipt.url,
        "published_at": receipt.published_at,
        "reason": "",
    }


def to_plain(receipt: Receipt) -> dict[str, Any]:
    """A receipt as it is kept beside the parts of a thread."""
    return {"id": receipt.remote_id, "url": receipt.url, "published_at": receipt.published_at.isoformat()}


def to_receipt(kept: Mapping[str, Any]) -> Receipt:
    """The receipt that was kept."""
    return Receipt(kept["id"], kept["url"], datetime.fromisoformat(kept["published_at"]))
