"""The cache of one process, for what Django and Wagtail keep there."""

from __future__ import annotations

import threading
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY as ROOTS

from content.memory import look_again, look_once


class ProcessCache(LocMemCache):
    """Django's own, but for one value: where sites begin is kept by Wagtail for an hour and forgotten only in the
    process where it changed. Here it is kept under what the database says of it, so that a language begun in another
    process has addresses at once, and what a slow thread read before a change is not taken for what holds after it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = threading.local()

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Look at the database before this value is handed out."""
        if key == ROOTS:
            self._asked.key = key = f"{ROOTS}:{look_once().roots}"
        return super().get(key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep this value under what held when this thread asked for it."""
        if key == ROOTS:
            key = getattr(self._asked, "key", key)
        super().set(key, value, timeout, version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Something changed that this value hangs on."""
        if key == ROOTS:
            look_again()
        return bool(super().delete(key, version))
