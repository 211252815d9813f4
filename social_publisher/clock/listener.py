"""Hears when the ledger changes, so that the timer never has to poll."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection

logger = logging.getLogger(__name__)

CHANNEL = "delivery_changed"
RETRY_SECONDS = 1.0
# When a machine vanishes, both ends notice within seconds: else the server would keep its lock for hours.
KEPT_ALIVE = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
SERVER_TOO = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"


def direct_connection() -> psycopg.Connection[Any]:
    """Open a connection of its own, outside Django's. LISTEN and advisory locks need one that is never shared."""
    parameters = connection.get_connection_params()
    allowed = {key: value for key, value in parameters.items() if key not in {"cursor_factory", "context"}}
    options = f"{allowed.get('options', '')} {SERVER_TOO}".strip()
    return psycopg.connect(**{**KEPT_ALIVE, **allowed, "options": options, "autocommit": True})


class Listener:
    """Calls `heard` on every notification, and once after each (re)connection, since some may have been missed."""

    def __init__(self, heard: Callable[[], None]) -> None:
        self._heard = heard
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="listener", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(5)

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                with direct_connection() as link:
                    link.execute(f"LISTEN {CHANNEL}")
                    self._heard()
                    while not self._stop.is_set():
                        for _notice in link.notifies(timeout=1.0, stop_after=1):
                            self._heard()
            except psycopg.Error:
                logger.warning("lost the database; listening again in %.0f s", RETRY_SECONDS)
                self._stop.wait(RETRY_SECONDS)
