"""Hears within milliseconds that something was published, and knows whether the database is there.

Hits need no database, so they must not be given on trust for longer than SECONDS after the last sign of life: a link
that died in silence tells of no publishing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg

from content.memory import CHANGED, WITHDRAWN, Look, look
from social_publisher.clock.listener import direct_connection

logger = logging.getLogger(__name__)

BEAT = 2.0
SECONDS = 5.0
# Two hundred posts that leave at once are no reason to make every page two hundred times.
REST = 0.25


class Watch:
    """A thread of its own, with a connection of its own. `outdate` is called when something was published, `withdraw`
    when something is not to be seen any more."""

    def __init__(self, outdate: Callable[[], None], withdraw: Callable[[], None]) -> None:
        self._outdate, self._withdraw = outdate, withdraw
        self._trusted_until = 0.0
        self._is_down = False
        self._seen: Look | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="page-cache", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening, within a beat."""
        self._stopped.set()
        self._thread.join(2 * BEAT)

    def is_trusted(self, now: float) -> bool:
        """Whether a publishing would have been heard by `now` (monotonic seconds)."""
        return now < self._trusted_until

    @property
    def is_down(self) -> bool:
        """Whether the database was away when it was last asked."""
        return self._is_down

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen()
            except psycopg.Error:
                if not self._is_down:
                    logger.warning("the database is away; readers get the last good pages where there are any")
                self._is_down = True
            except Exception:
                logger.exception("the page cache listens again in a moment")
            self._stopped.wait(REST)

    def _listen(self) -> None:
        with direct_connection() as link:
            link.execute(f"LISTEN {CHANGED}")
            is_new = True
            while not self._stopped.is_set():
                self._look(link, is_new)
                is_new = False
                self._take({notice.payload for notice in link.notifies(timeout=BEAT, stop_after=1)})
                self._stopped.wait(REST)
                self._take({notice.payload for notice in link.notifies(timeout=0)})

    def _look(self, link: psycopg.Connection[Any], is_new: bool) -> None:
        """A sign of life. What changed before this link listened may have been a withdrawal; a stamp that changed since
        the last beat outdates, at worst once more than its notice did."""
        with link.cursor() as cursor:
            seen = look(cursor)
        if is_new:
            self._withdraw()
        elif seen != self._seen:
            self._outdate()
        self._seen = seen
        self._trusted_until = time.monotonic() + SECONDS
        if self._is_down:
            logger.warning("the database is back")
            self._is_down = False

    def _take(self, heard: set[str]) -> None:
        if WITHDRAWN in heard:
            self._withdraw()
        elif heard:
            self._outdate()
