"""The pages that one process keeps, by address, within a bound of bytes; and who makes which page now."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from campaign_site.page_cache.page import KeptPage


class Flight:
    """One making of one page. Others who want it wait for its end."""

    def __init__(self) -> None:
        self._over = threading.Event()

    def land(self) -> None:
        """Let those who wait go on."""
        self._over.set()

    def wait(self, seconds: float) -> None:
        """Wait for the end, so long at most."""
        self._over.wait(seconds)


class Store:
    """Safe for any number of threads. Pages of an older generation are no longer right, and kept for the hour of need:
    what readers get when the database is away."""

    def __init__(self, most_bytes: int) -> None:
        self.generation = 0
        # Pages begun before this one may show what was withdrawn.
        self._oldest = 0
        self._most_bytes = most_bytes
        self._bytes = 0
        self._pages: dict[Hashable, KeptPage] = {}
        self._flights: dict[Hashable, Flight] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> KeptPage | None:
        """The page, right or not."""
        return self._pages.get(key)

    def is_right(self, page: KeptPage) -> bool:
        """Whether nothing was published since it was begun."""
        return page.generation == self.generation

    def put(self, key: Hashable, page: KeptPage) -> None:
        """Keep a page; those stored longest ago make room. A page in use is stored anew every minute."""
        with self._lock:
            if page.generation < self._oldest:
                return
            if old := self._pages.pop(key, None):
                self._bytes -= old.size
                page.take_answers(old)
            self._pages[key] = page
            self._bytes += page.size
            while self._bytes > self._most_bytes and self._pages:
                self._forget(next(iter(self._pages)))

    def drop(self, key: Hashable) -> None:
        """Forget one page."""
        with self._lock:
            self._forget(key)

    def outdate(self) -> None:
        """Something was published: no page is right any more."""
        with self._lock:
            self.generation += 1

    def forget_all(self) -> None:
        """Something was withdrawn: no old page is shown again, come what may."""
        with self._lock:
            self.generation += 1
            self._oldest = self.generation
            self._pages.clear()
            self._bytes = 0

    def may_be_last(self, page: KeptPage) -> bool:
        """Whether nothing was withdrawn since it was begun."""
        return page.generation >= self._oldest

    def __len__(self) -> int:
        return len(self._pages)

    @property
    def size(self) -> int:
        """Bytes kept, about."""
        return self._bytes

    @contextmanager
    def flight(self, key: Hashable) -> Iterator[Flight | None]:
        """Make a page alone: None for whoever makes it; another's flight for whoever would be the second."""
        with self._lock:
            other = self._flights.get(key)
            own = None if other else self._flights.setdefault(key, Flight())
        try:
            yield other
        finally:
            if own is not None:
                with self._lock:
                    self._flights.pop(key, None)
                own.land()

    def _forget(self, key: Hashable) -> None:
        if page := self._pages.pop(key, None):
            self._bytes -= page.size
