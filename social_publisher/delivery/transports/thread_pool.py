from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from django.conf import settings
from django.db import connection

from social_publisher.delivery.transports.base import Transport
from social_publisher.delivery.worker import carry

logger = logging.getLogger(__name__)

BATCH = 20


class ThreadPoolTransport(Transport):
    """The embedded transport: workers are threads of the clock's own process."""

    def __init__(self, workers: int | None = None) -> None:
        self._pool = ThreadPoolExecutor(workers or settings.DELIVERY_WORKERS, thread_name_prefix="delivery")
        self._under_way: set[int] = set()
        self._lock = threading.Lock()

    def carry(self, ids: Sequence[int]) -> None:
        """Split the ids in batches over the threads; ids still under way here are left out."""
        with self._lock:
            fresh = [pk for pk in ids if pk not in self._under_way]
            self._under_way.update(fresh)
        for start in range(0, len(fresh), BATCH):
            batch = fresh[start : start + BATCH]
            future = self._pool.submit(carry, batch)
            future.add_done_callback(lambda done, batch=batch: self._finished(done, batch))  # type: ignore[misc]

    def close(self) -> None:
        """Finish what is under way; what only waits for a thread stays on the ledger."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _finished(self, done: Future[int], batch: list[int]) -> None:
        with self._lock:
            self._under_way.difference_update(batch)
        if done.cancelled():
            return
        if (error := done.exception()) is not None:
            logger.error("a batch of %d deliveries failed; the sweep takes it up again", len(batch), exc_info=error)
            connection.close()
