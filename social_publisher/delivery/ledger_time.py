"""The ledger's time: the database's clock, the same for every process on every machine.

Between two looks at it only elapsed time is added, so a machine whose own clock is wrong, or is set forward or back
while it works, arms nothing early, believes no lease longer, and misses nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, connection

logger = logging.getLogger(__name__)

SYNC_SECONDS = 10.0


def elapsed() -> float:
    """Seconds since some fixed moment, sleep of the machine included, untouched by its wall clock."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class LedgerTime:
    """Tells the database's time; asks the database at most every 10 s. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._base: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """The time now, in UTC. Raises DatabaseError only if the database was never reached."""
        with self._lock:
            base = self._base
        if base is None:
            base = self.sync()
        elif elapsed() - base[1] > SYNC_SECONDS:
            try:
                base = self.sync()
            except (DatabaseError, InterfaceError):
                logger.warning("the database's clock could not be asked; counting on from the last time")
                if not connection.in_atomic_block:
                    connection.close()
        return base[0] + timedelta(seconds=elapsed() - base[1])

    def sync(self) -> tuple[datetime, float]:
        """Ask the database. The answer is dated to the middle of the question's way there and back."""
        with connection.cursor() as cursor:
            asked = elapsed()
            cursor.execute("SELECT clock_timestamp()")
            (moment,) = cursor.fetchone()
            base = (moment, (asked + elapsed()) / 2)
        with self._lock:
            self._base = base
        return base


ledger_time = LedgerTime()


def ledger_now() -> datetime:
    """The ledger's time now, in UTC."""
    return ledger_time.now()
