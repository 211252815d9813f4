"""Which occurrences of a series leave the same thing."""

from __future__ import annotations

import json
from datetime import datetime

from social_publisher.approval.package import Package
from social_publisher.models.short_link import PLACEHOLDER, address


def likeness(package: Package, planned_at: datetime) -> str:
    """What leaves, but for the day and the short links of its own. Equal for posts that one look is enough for.

    `planned_at` is when the series wants it to leave: one that was moved is like no other.
    """
    data = package.canonical()
    parcels = sorted(package.parcels, key=lambda parcel: str(parcel.canonical()["channel"]))
    for plain, parcel in zip(data["parcels"], parcels, strict=True):
        plain["due_at"] = (parcel.due_at - planned_at).total_seconds() if parcel.due_at else None
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    for parcel in parcels:
        if parcel.short_link is not None:
            text = text.replace(parcel.short_link.url, address(PLACEHOLDER))
    return text
