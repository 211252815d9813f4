from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import connection

from social_publisher.delivery.due import Due, batches
from social_publisher.delivery.transports.base import Transport
from social_publisher.delivery.worker import carry

logger = logging.getLogger(__name__)


class ThreadPoolTransport(Transport):
    """The embedded transport: workers are threads of the clock's own process.

    Each channel is a lane with one batch under way at a time, so that a slow network holds up its own posts alone.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._pool = ThreadPoolExecutor(workers or settings.DELIVERY_WORKERS, thread_name_prefix="delivery")
        self._lanes: dict[int, deque[list[int]]] = {}
        self._under_way: set[int] = set()
        self._lock = threading.Lock()
        self._closing = False

    def carry(self, rows: Sequence[Due]) -> None:
        """Put what is not under way here into its lanes."""
        with self._lock:
            fresh = [row for row in rows if row.pk not in self._under_way]
            self._under_way.update(row.pk for row in fresh)
            new_lanes = []
            for channel, ids in batches(fresh):
                if channel not in self._lanes:
                    self._lanes[channel] = deque()
                    new_lanes.append(channel)
                self._lanes[channel].append(ids)
            if not self._closing:
                for channel in new_lanes:
                    self._pool.submit(self._work, channel)

    def close(self) -> None:
        """Finish the batches under way; what only waits in a lane stays on the ledger."""
        with self._lock:
            self._closing = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _work(self, channel: int) -> None:
        """Carry one batch of a lane, then let the other lanes have the thread."""
        with self._lock:
            ids = self._lanes[channel].popleft()
        try:
            carry(ids)
        except Exception:
            logger.exception("a batch of %d deliveries failed; the sweep takes it up again", len(ids))
            connection.close()
        with self._lock:
            self._under_way.difference_update(ids)
            if not self._lanes[channel]:
                del self._lanes[channel]
            elif not self._closing:
                self._pool.submit(self._work, channel)
