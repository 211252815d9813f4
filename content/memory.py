"""What pages have in common is read once, and again after any change of content.

One row set in the database, the stamp, changes in the transaction of every change of a page, a record, an image or a
site (triggers, see `content/stamps.py`). A request reads it once. What this process remembers is worth something only
under the stamp it was made under, so every process shows a change with the first request after its commit.

Remember only what is the same for every reader and follows from the content alone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Site

MOST = 5_000
READ = "SELECT string_agg(value::text, '' ORDER BY shard) FROM content_stamp"

T = TypeVar("T")


class Memory:
    """Values by key, all made under one stamp; the first look under another forgets them."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: tuple[str, dict[Hashable, Any]] = ("", {})

    def get(self, stamp: str, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value made under this stamp, making it if there is none."""
        made_under, kept = self._kept
        if made_under != stamp:
            kept = {}
            self._kept = (stamp, kept)
        if key in kept:
            found: T = kept[key]
            return found
        value = make()
        while len(kept) >= self._most:
            kept.pop(next(iter(kept), key), None)
        kept[key] = value
        return value


_memory = Memory()


def stamp(request: HttpRequest) -> str:
    """The content's stamp as this request first saw it."""
    known: str | None = getattr(request, "_content_stamp", None)
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute(READ)
            (known,) = cursor.fetchone()
        request._content_stamp = known  # type: ignore[attr-defined]
    return str(known)


def asks_nothing(request: HttpRequest) -> bool:
    """Whether the address asks nothing of the page but itself: what tracked links carry changes no page."""
    return not any(name != "fbclid" and not name.startswith("utm_") for name in request.GET)


def remember(request: HttpRequest, key: Hashable, make: Callable[[], T], memory: Memory = _memory, also: str = "") -> T:
    """Return what `make` returned since content last changed, for this site and language. A preview remembers
    nothing. `also` is a part of the stamp, such as the minute."""
    if getattr(request, "is_preview", False):
        return make()
    site = Site.find_for_request(request)
    return memory.get(stamp(request) + also, (key, site.pk if site else None, get_language()), make)


class remembered_property:  # noqa: N801 - it stands where cached_property stands
    """A property of an object with `request` and `memory_key`, remembered by that key and by its own name."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name
        self._key = f"{owner.__qualname__}.{name}"

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        value = remember(instance.request, (self._key, instance.memory_key), lambda: self._make(instance))
        instance.__dict__[self._name] = value
        return value
