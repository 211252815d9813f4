"""Which clock runs the interval jobs. An optimisation and no fence: every change still compares and sets."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from typing import Any

import psycopg

from social_publisher.clock.listener import direct_connection

logger = logging.getLogger(__name__)

LOCK = 0x5E1EC


class Leader:
    """Holds a PostgreSQL advisory lock on a connection of its own for as long as this clock leads."""

    def __init__(self) -> None:
        self._link: psycopg.Connection[Any] | None = None
        self._leading = False
        self._lock = threading.Lock()

    def leads(self) -> bool:
        """Whether this clock leads now; tries to take the lead if nobody has it. Any thread may ask."""
        with self._lock:
            try:
                if self._link is None:
                    self._link = direct_connection()
                if self._leading:
                    self._link.execute("SELECT 1")
                elif self._try(self._link):
                    self._leading = True
                    logger.info("this clock leads")
                return self._leading
            except psycopg.Error:
                self._drop()
                return False

    def resign(self) -> None:
        """Let another clock lead from now on; the server frees the lock of a closed connection only a little later."""
        with self._lock, suppress(psycopg.Error):
            if self._link is not None and self._leading:
                self._link.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        with self._lock:
            self._drop()

    @staticmethod
    def _try(link: psycopg.Connection[Any]) -> bool:
        row = link.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
        return bool(row and row[0])

    def _drop(self) -> None:
        self._leading = False
        if self._link is not None:
            self._link.close()
            self._link = None
