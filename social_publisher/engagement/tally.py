"""Counting in memory: each process writes what it counted twice a second, so that a kill loses less than a second.

What could not be written is kept and written with the next.
"""

from __future__ import annotations

import atexit
import hashlib
import logging
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import DataError, Error, IntegrityError, connection
from django.utils import timezone

from social_publisher.engagement import writing

logger = logging.getLogger(__name__)

# Beyond this nothing new is remembered until the database takes something again.
MOST_KEYS = 200_000


@dataclass
class Counted:
    """What came since it was last written."""

    clicks: Counter[writing.Click] = field(default_factory=Counter)
    reads: Counter[writing.Read] = field(default_factory=Counter)
    downloads: Counter[writing.Download] = field(default_factory=Counter)
    seen: set[writing.Seen] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.clicks) + len(self.reads) + len(self.downloads) + len(self.seen)

    def take(self, other: Counted) -> None:
        """Add what another has."""
        self.clicks += other.clicks
        self.reads += other.reads
        self.downloads += other.downloads
        self.seen |= other.seen


class Tally:
    """The counts of this process. Safe for any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counted = Counted()
        self._salt: tuple[date, bytes] | None = None
        self._writer: threading.Thread | None = None

    def click(self, link: int, hour: datetime, language: str, day: date, reader: str) -> None:
        """Count a click. `reader` tells readers apart within the day; of it only a keyed hash is kept, for that day."""
        key = self._key(day)
        with self._lock:
            if len(self._counted) < MOST_KEYS:
                self._counted.clicks[link, hour, language] += 1
                if key:
                    digest = hashlib.blake2b(reader.encode(), key=key, digest_size=16).digest()
                    self._counted.seen.add((link, day, digest))
        self._written()

    def read(self, campaign: int, page: int, hour: datetime, language: str, network: str) -> None:
        """Count a read of a campaign's page."""
        with self._lock:
            if len(self._counted) < MOST_KEYS:
                self._counted.reads[campaign, page, hour, language, network] += 1
        self._written()

    def download(self, campaign: int, document: int, hour: datetime) -> None:
        """Count a download of a campaign's document, or of its press kit (0)."""
        with self._lock:
            if len(self._counted) < MOST_KEYS:
                self._counted.downloads[campaign, document, hour] += 1
        self._written()

    def flush(self) -> None:
        """Write what was counted."""
        with self._lock:
            counted, self._counted = self._counted, Counted()
        if not len(counted):
            return
        try:
            writing.write(counted.clicks, counted.reads, counted.seen, counted.downloads)
        except (IntegrityError, DataError):
            # No later try would end otherwise, and all that comes would wait behind it.
            logger.exception("%d clicks and reads fit nothing in the database and are lost", len(counted))
        except Error:
            logger.exception("clicks and reads could not be written; they are kept and written later")
            with self._lock:
                self._counted.take(counted)
            if not connection.in_atomic_block:
                connection.close()

    def _key(self, day: date) -> bytes:
        """The day's secret; empty while the database cannot be asked for it, and nobody is told apart."""
        salt = self._salt
        if salt is None or salt[0] != day:
            try:
                self._salt = salt = (day, writing.salt_of(day))
            except Error:
                logger.exception("readers cannot be told apart at the moment")
                return b""
        return salt[1]

    def _written(self) -> None:
        if not settings.COUNT_SECONDS:
            self.flush()
        elif self._writer is None:
            with self._lock:
                if self._writer is None:
                    self._writer = threading.Thread(target=self._keep_writing, name="tally", daemon=True)
                    self._writer.start()
                    atexit.register(self.flush)

    def _keep_writing(self) -> None:
        while True:
            time.sleep(settings.COUNT_SECONDS)
            if self._salt is not None and self._salt[0] < timezone.localdate():
                self._salt = None
            try:
                self.flush()
            except Exception:
                logger.exception("counting goes on")


tally = Tally()
