"""A campaign's evidence as one ZIP: posts as they left, media, receipts, approvals, the audit's entries, the numbers.

It is packed while it is sent, so its size needs no memory. `manifest.json`, the last file, names every other with its
SHA-256; the manifest's own digest is written into the audit when the last byte has been handed over.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePosixPath
from typing import IO, Any, cast
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from content.records import Campaign
from social_publisher.approval import sealing
from social_publisher.approval.audit import record
from social_publisher.approval.chain import write_line
from social_publisher.engagement.periods import Period, today
from social_publisher.engagement.results import SUMMED
from social_publisher.models import AuditEvent, Delivery, DeliveryRollup, Grain, Post
from social_publisher.reports.collect import report_on
from social_publisher.reports.spreadsheet import TIMESTAMP

MANIFEST, AUDIT, REPORT, README = "manifest.json", "audit.jsonl", "report.json", "README.txt"
VERSION = 1
BATCH = 50
CHUNK = 256 * 1024
WORDS = """Evidence of a campaign.

manifest.json   every other file with its size and SHA-256
report.json     all numbers until the day of packing, as the report has them
audit.jsonl     every entry of the audit about these posts, each with its place in the chain and the hash before it
posts/          a folder a post: post.json (its content and approvals) and a file for each channel it left on
media/          every picture and video as it was sent, named by its SHA-256

Check it with: python manage.py verify_archive FILE
Without this software: compare each file's SHA-256 with the manifest.
"""
ABOUT_SEVERAL = f"""
SELECT entry.id FROM {AuditEvent._meta.db_table} entry
CROSS JOIN LATERAL jsonb_array_elements(entry.data -> 'posts') one
WHERE jsonb_exists(entry.data, 'posts') AND jsonb_typeof(entry.data -> 'posts') = 'array'
AND jsonb_typeof(one) = 'number' AND (one #>> '{{}}')::bigint = ANY(%s)
"""  # noqa: S608
# Hours are many and kept for good; days and totals say the same.
SHOWN = {Grain.DAY.value: "day", Grain.TOTAL.value: "total"}
Progress = Callable[[int, int], None]


class _Pipe:
    """Where the ZIP is written, and taken from while it grows."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: Any) -> int:
        """Keep what comes."""
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        """What came since the last time."""
        found, self._parts = b"".join(self._parts), []
        return found


class _Packer:
    """Files into a ZIP, each listed with its digest."""

    def __init__(self) -> None:
        self.pipe = _Pipe()
        self.zip = zipfile.ZipFile(cast(IO[bytes], self.pipe), "w", zipfile.ZIP_DEFLATED)
        self.listed: list[dict[str, Any]] = []

    def add(self, name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Write a file, handing on what is packed meanwhile."""
        digest, size = hashlib.sha256(), 0
        entry = zipfile.ZipInfo(name, TIMESTAMP)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with self.zip.open(entry, "w") as target:
            for chunk in chunks:
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                yield self.pipe.take()
        self.listed.append({"path": name, "bytes": size, "sha256": digest.hexdigest()})
        yield self.pipe.take()

    def add_json(self, name: str, value: Any) -> Iterator[bytes]:
        """Write a value, readable."""
        text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=_plain)
        yield from self.add(name, [text.encode()])


def stream(campaign: Campaign, progress: Progress | None = None) -> Iterator[bytes]:
    """The ZIP, piece by piece. `progress` is told posts packed and posts in all."""
    packer = _Packer()
    missing: list[str] = []
    yield from packer.add(README, [WORDS.encode()])
    report = report_on(campaign, Period(None, today()))
    yield from packer.add_json(REPORT, {"digest": report.digest, "data": report.data})
    ids = list(Post.objects.filter(campaign=campaign).order_by("pk").values_list("pk", flat=True))
    media: dict[str, dict[str, Any]] = {}
    done = 0
    for start in range(0, len(ids), BATCH):
        for post in _posts(ids[start : start + BATCH]):
            yield from packer.add_json(f"posts/{post.pk}/post.json", _post(post))
            for delivery in post.deliveries.all():
                told = _delivery(delivery)
                name = f"posts/{post.pk}/{delivery.pk}-{delivery.channel.network}.json"
                yield from packer.add_json(name, told)
                media |= {one["sha256"]: one for one in _attachments(told)}
            done += 1
        if progress:
            progress(done, len(ids))
    for sha256, one in sorted(media.items()):
        name = f"media/{sha256}{PurePosixPath(one['location']).suffix}"
        if _is_there(one["location"], sha256):
            with default_storage.open(one["location"]) as file:
                yield from packer.add(name, file.chunks(CHUNK))
        else:
            missing.append(name)
    yield from packer.add(AUDIT, _audit(ids))
    yield from _sealed(packer, campaign, missing)


def _sealed(packer: _Packer, campaign: Campaign, missing: list[str]) -> Iterator[bytes]:
    manifest = {
        "version": VERSION,
        "campaign": campaign.code,
        "packed_at": timezone.now(),
        "files": packer.listed,
        "missing": missing,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True, default=_plain).encode()
    yield from packer.add(MANIFEST, [text])
    packer.zip.close()
    yield packer.pipe.take()
    record(
        "archive.sealed", campaign, campaign=campaign.pk, files=len(packer.listed) - 1,
        manifest=hashlib.sha256(text).hexdigest(),
    )  # fmt: skip


def _posts(ids: Iterable[int]) -> QuerySet[Post]:
    rows = Post.objects.filter(pk__in=list(ids)).order_by("pk").select_related("campaign", "link_page")
    found: QuerySet[Post] = rows.prefetch_related(
        "approvals",
        "deliveries__channel",
        "deliveries__attempts",
        Prefetch("deliveries__rollups", DeliveryRollup.objects.filter(grain__in=list(SHOWN))),
        "deliveries__snapshots",
    )
    return found


def _columns(row: Any, *without: str) -> dict[str, Any]:
    """A row's own columns by their names."""
    fields = (field for field in row._meta.concrete_fields if field.name not in without)
    return {field.attname: getattr(row, field.attname) for field in fields}


def _post(post: Post) -> dict[str, Any]:
    approvals = [_columns(approval) for approval in post.approvals.all()]
    return {"post": _columns(post), "approvals": approvals}


def _delivery(delivery: Delivery) -> dict[str, Any]:
    rollups = sorted(delivery.rollups.all(), key=lambda row: (row.grain, row.start))
    return {
        "delivery": _columns(delivery, "owner", "lease_until"),
        "channel": {
            "name": delivery.channel.name,
            "network": delivery.channel.network,
            "handle": delivery.channel.handle,
        },
        "attempts": [_columns(attempt, "owner") for attempt in delivery.attempts.all()],
        "numbers": [
            {"grain": SHOWN[row.grain], "start": row.start, **{name: getattr(row, name) for name in SUMMED}}
            for row in rollups
        ],
        "readings": [_columns(reading) for reading in delivery.snapshots.all()],
    }


def _attachments(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The media of every attempt, cards' pictures too."""
    for attempt in told["attempts"]:
        for part in attempt["payload"].get("parts", []):
            yield from part["attachments"]
            if (part.get("card") or {}).get("image"):
                yield part["card"]["image"]


def _is_there(location: str, sha256: str) -> bool:
    """The file is in the storage, and is still the one that was sent."""
    if not default_storage.exists(location):
        return False
    digest = hashlib.sha256()
    with default_storage.open(location) as file:
        for chunk in file.chunks(CHUNK):
            digest.update(chunk)
    return digest.hexdigest() == sha256


def _audit(posts: list[int]) -> Iterator[bytes]:
    """Entries about one of these posts, or about several, as those of series, launches and imports are."""
    several = RawSQL(ABOUT_SEVERAL, [posts])  # noqa: S611 - a constant; the ids are its parameter
    rows = AuditEvent.objects.filter(Q(data__has_key="post", data__post__in=posts) | Q(pk__in=several))
    for entry in sealing.entries(rows):
        yield write_line(entry).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"an archive cannot hold a {type(value).__name__}")
