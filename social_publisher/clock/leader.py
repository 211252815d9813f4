"""Which clock runs the interval jobs. An optimisation and no fence: every change still compares and sets."""

from __future__ import annotations

import logging
import threading
from typing import Any

import psycopg

from social_publisher.clock.listener import direct_connection

logger = logging.getLogger(__name__)

LOCK = 0x5E1EC


class Leader:
    """Holds a PostgreSQL advisory lock on a connection of its own for as long as this clock leads."""

    def __init__(self) -> None:
        self._link: psycopg.Connection[Any] | None = None
        self._lock = threading.Lock()

    def leads(self) -> bool:
        """Whether this clock leads now; tries to take the lead if nobody has it. Any thread may ask."""
        with self._lock:
            try:
                if self._link is not None:
                    self._link.execute("SELECT 1")
                    return True
                return self._try()
            except psycopg.Error:
                self._drop()
                return False

    def resign(self) -> None:
        """Let another clock lead."""
        with self._lock:
            self._drop()

    def _try(self) -> bool:
        link = direct_connection()
        try:
            row = link.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
        except psycopg.Error:
            link.close()
            raise
        if not row or not row[0]:
            link.close()
            return False
        self._link = link
        logger.info("this clock leads")
        return True

    def _drop(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None
