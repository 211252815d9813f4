"""What the ledger says and hears between arming and settling: whether a call may be made, and what is out already."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.db import connection
from django.db.models import Q

from social_publisher.delivery.arm import Armed
from social_publisher.delivery.payload import to_plain
from social_publisher.models import Upload
from social_publisher.networks.base import Receipt, Uploaded


class Permit(Enum):
    """Whether the next call to a network may be made."""

    GO = "go"
    HELD = "held"  # paused, withdrawn, before its page is live or past its latest useful time
    GONE = "gone"  # another process decides on it now


# One short question before each call. It names columns and no models, so that it stays one; the tests hold it to them.
QUESTION = """
SELECT d.state = 'armed' AND d.owner = %(owner)s AND d.lease_until > %(now)s,
    d.cut_off_at <= %(now)s
    OR EXISTS (SELECT FROM social_publisher_approval a WHERE a.id = %(approval)s AND a.voided_at IS NOT NULL)
    OR EXISTS (SELECT FROM social_publisher_pause p WHERE p.lifted_at IS NULL AND (
        p.channel_id = %(channel)s OR p.campaign_id = %(campaign)s OR p.channel_id IS NULL AND p.campaign_id IS NULL))
    OR %(launch)s::bigint IS NOT NULL AND NOT EXISTS (
        SELECT FROM social_publisher_launch l WHERE l.id = %(launch)s::bigint AND l.seen_live_at IS NOT NULL)
FROM social_publisher_delivery d WHERE d.id = %(delivery)s
"""


class Journal:
    """The ledger's side of one send."""

    def __init__(self, armed: Armed, owner: UUID, clock: Callable[[], datetime]) -> None:
        self._armed, self._owner, self._clock = armed, owner, clock

    def permit(self) -> Permit:
        """Ask just before a call: is the row still ours, and does nothing hold it?"""
        armed = self._armed
        with connection.cursor() as cursor:
            cursor.execute(
                QUESTION,
                {
                    "owner": self._owner,
                    "now": self._clock(),
                    "approval": armed.approval_id,
                    "channel": armed.channel_id,
                    "campaign": armed.campaign_id,
                    "launch": armed.launch_id,
                    "delivery": armed.delivery_id,
                },
            )
            row = cursor.fetchone()
        if row is None or not row[0]:
            return Permit.GONE
        return Permit.HELD if row[1] else Permit.GO

    def upload(self, sha256: str) -> str | None:
        """The network's id of a picture it still has for this delivery."""
        kept = Q(kept_until=None) | Q(kept_until__gt=self._clock())
        known = Upload.objects.filter(kept, delivery_id=self._armed.delivery_id, sha256=sha256)
        return known.values_list("remote_id", flat=True).first()

    def uploaded(self, sha256: str, upload: Uploaded) -> None:
        """Remember an upload before it is used."""
        Upload.objects.update_or_create(
            delivery_id=self._armed.delivery_id,
            sha256=sha256,
            defaults={
                "remote_id": upload.remote_id,
                "kept_until": upload.kept_until,
                "uploaded_at": self._clock(),
            },
        )

    def forget_uploads(self) -> None:
        """Have everything uploaded anew by the next attempt."""
        Upload.objects.filter(delivery_id=self._armed.delivery_id).delete()

    def part_out(self, place: int, receipt: Receipt) -> None:
        """Remember that a part of a thread is out, before the next one is sent."""
        note_part(self._armed.delivery_id, place, receipt)


def note_part(delivery_id: int, place: int, receipt: Receipt) -> bool:
    """Write a part's receipt in its place, once, whoever owns the row by now. Returns whether it was news."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE social_publisher_delivery SET parts_out = parts_out || %s::jsonb"
            " WHERE id = %s AND jsonb_array_length(parts_out) = %s",
            [json.dumps([to_plain(receipt)]), delivery_id, place],
        )
        return bool(cursor.rowcount)
