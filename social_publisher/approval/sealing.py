"""Sealing the audit: writers append without waiting for each other, and one sealer puts what is settled into the chain.

An entry is sealed once no transaction is open any more that is as old as the one that wrote it, so nothing older can
turn up behind it. The database itself knows who wrote a row: `xmin`. So there is no column for it that a writer could
set wrongly or that a restored copy would carry into another server, where transactions count from one again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from social_publisher.approval.chain import START, Entry, Head, link, moment
from social_publisher.models import AuditEvent

LOCK = 0x5EA1
BATCH = 2000
FIELDS = ("id", "at", "actor_id", "actor_name", "action", "subject", "data", "place", "hash")
SETTLED = "age(social_publisher_auditevent.xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid)"
SEAL = """
UPDATE social_publisher_auditevent e SET place = v.place, hash = v.hash
FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS v(id, place, hash) WHERE e.id = v.id
"""


@dataclass(frozen=True, slots=True)
class Seals:
    """How far the audit is sealed: the newest sealed entry's time, and how many wait (at most counted to `MOST`)."""

    MOST = 10_000

    until: datetime | None
    waiting: int


def head() -> Head:
    """The newest seal."""
    found = AuditEvent.objects.filter(place__gt=0).order_by("-place").first()
    return Head(found.place or 0, found.hash) if found else Head(0, START)


def seals() -> Seals:
    """How far the audit is sealed now."""
    until = AuditEvent.objects.filter(place__gt=0).order_by("-place").values_list("at", flat=True).first()
    return Seals(until, AuditEvent.objects.filter(place=None).order_by()[: Seals.MOST].count())


def settled() -> QuerySet[AuditEvent]:
    """What can be sealed: nothing older can turn up behind it any more."""
    return AuditEvent.objects.filter(place=None).extra(where=[SETTLED]).order_by("pk")  # noqa: S610


def seal_all() -> int:
    """Seal everything that is settled, in batches of one short transaction each, and return how many were sealed."""
    total, sealed = 0, BATCH
    while sealed == BATCH:
        sealed = seal()
        total += sealed
    return total


@transaction.atomic
def seal() -> int:
    """Seal one batch, and return how many were sealed; none while another sealer works."""
    with connection.cursor() as cursor:
        # Held to the end of the transaction, so the next sealer's first look already sees what this one did.
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        place, previous = head()
        ids, places, hashes = [], [], []
        for entry in map(to_entry, settled().values_list(*FIELDS)[:BATCH]):
            place += 1
            previous = link(previous, place, entry)
            ids.append(entry.id)
            places.append(place)
            hashes.append(previous)
        if ids:
            cursor.execute(SEAL, [ids, places, hashes])
    return len(ids)


def entries(rows: QuerySet[AuditEvent] | None = None) -> Iterator[Entry]:
    """All entries, or some, in the order of the chain with the unsealed last, each with the hash before it. Streams."""
    before = AuditEvent.objects.filter(place=OuterRef("place") - 1).values("hash")
    start = Value(START)
    chosen = AuditEvent.objects.all() if rows is None else rows.annotate(before=Coalesce(Subquery(before), start))
    names = FIELDS if rows is None else (*FIELDS, "before")
    # Nulls come last. One statement, so that what is sealed meanwhile is neither lost nor told twice.
    return map(to_entry, chosen.order_by("place", "pk").values_list(*names).iterator(chunk_size=BATCH))


def to_entry(row: Any) -> Entry:
    """A row of FIELDS, and perhaps the hash before it, as an entry."""
    return Entry(row[0], moment(row[1]), *row[2:])
