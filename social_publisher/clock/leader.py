"""Which clock runs the interval jobs. An optimisation and no fence: every change still compares and sets."""

from __future__ import annotations

import logging
from typing import Any

import psycopg

from social_publisher.clock.listener import direct_connection

logger = logging.getLogger(__name__)

LOCK = 0x5E1EC


class Leader:
    """Holds a PostgreSQL advisory lock on a connection of its own for as long as this clock leads."""

    def __init__(self) -> None:
        self._link: psycopg.Connection[Any] | None = None

    def leads(self) -> bool:
        """Whether this clock leads now; tries to take the lead if nobody has it."""
        try:
            if self._link is not None:
                self._link.execute("SELECT 1")
                return True
            link = direct_connection()
            row = link.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
            if row and row[0]:
                self._link = link
                logger.info("this clock leads")
                return True
            link.close()
        except psycopg.Error:
            self.resign()
        return False

    def resign(self) -> None:
        """Let another clock lead."""
        if self._link is not None:
            self._link.close()
            self._link = None
