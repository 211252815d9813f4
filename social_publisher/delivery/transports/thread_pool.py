from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Sequence
from queue import SimpleQueue

from django.conf import settings
from django.db import connection

from social_publisher.delivery.due import AHEAD, Due, batches
from social_publisher.delivery.transports.base import Transport
from social_publisher.delivery.worker import carry

logger = logging.getLogger(__name__)


class ThreadPoolTransport(Transport):
    """The embedded transport: workers are threads of the clock's own process.

    Each channel is a lane with one batch under way at a time, so that a slow network holds up its own posts alone.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._lanes: dict[int, deque[list[int]]] = {}
        self._under_way: set[int] = set()
        self._lock = threading.Lock()
        self._ready: SimpleQueue[int | None] = SimpleQueue()
        self._closing = False
        self._threads = [
            threading.Thread(target=self._serve, name=f"delivery-{number}", daemon=True)
            for number in range(workers or settings.DELIVERY_WORKERS)
        ]
        for thread in self._threads:
            thread.start()

    def carry(self, rows: Sequence[Due]) -> None:
        """Put what is not under way here into its lanes."""
        with self._lock:
            fresh = [row for row in rows if row.pk not in self._under_way]
            self._under_way.update(row.pk for row in fresh)
            for channel, ids in batches(fresh):
                if channel not in self._lanes:
                    self._lanes[channel] = deque()
                    self._ready.put(channel)
                self._lanes[channel].append(ids)

    def close(self) -> None:
        """Finish the batches under way; what only waits in a lane stays on the ledger."""
        self._closing = True
        for _thread in self._threads:
            self._ready.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        try:
            while (channel := self._ready.get()) is not None:
                if not self._closing:
                    self._work(channel)
        finally:
            connection.close()

    def _work(self, channel: int) -> None:
        """Carry one batch of a lane, then let the other lanes have the thread."""
        with self._lock:
            ids = self._lanes[channel].popleft()
        try:
            carry(ids, ahead=AHEAD)
        except Exception:
            logger.exception("a batch of %d deliveries failed; the sweep takes it up again", len(ids))
            connection.close()
        with self._lock:
            self._under_way.difference_update(ids)
            if self._lanes[channel]:
                self._ready.put(channel)
            else:
                del self._lanes[channel]
