"""What pages have in common is read once, and again after any change of content.

One row set in the database, the stamp, changes in the transaction of every change of a page, a record, an image or a
site (triggers, see `content/stamps.py`). A request reads it once. What this process remembers is worth something only
under the stamp it was made under, so every process shows a change with the first request after its commit.

Remember only what is the same for every reader and follows from the content alone.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Site

MOST = 5_000
# The database says on this channel that content changed; and with this word that something is not to be seen any more.
CHANGED = "content_changed"
WITHDRAWN = "withdrawn"
# Stands in a request's environment while its answer is the same for every reader and follows from content and time.
FOR_EVERYBODY = "content.for_everybody"
# The stamp, and where sites begin in each language, as Wagtail reads it for `Site.get_site_root_paths`.
READ = """
SELECT string_agg(value::text, '' ORDER BY shard), (
    SELECT string_agg(concat_ws(' ', site.*, page.url_path, page.locale_id), '|' ORDER BY site.id, page.id)
    FROM wagtailcore_site site JOIN wagtailcore_page root ON root.id = site.root_page_id
    JOIN wagtailcore_page page ON page.translation_key = root.translation_key
) FROM content_stamp
"""

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
_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class Look(NamedTuple):
    """What one look told: the stamp, and where sites begin, in words that change when they begin elsewhere."""

    stamp: str
    roots: str


def look(own: Any = None) -> Look:
    """Ask the database, whatever is known already; with an own cursor where there is one."""
    if own is None:
        with connection.cursor() as cursor:
            return look(cursor)
    own.execute(READ)
    stamp, roots = own.fetchone()
    return Look(str(stamp), hashlib.sha256(str(roots).encode()).hexdigest())


def look_once() -> Look:
    """Ask once a request; outside of requests, every time."""
    request = _request.get()
    return look() if request is None else _looked(request)


def look_again() -> None:
    """This request changed something itself: what it saw at first holds no longer."""
    if (request := _request.get()) is not None:
        request._content_look = None  # type: ignore[attr-defined]


def stamp(request: HttpRequest) -> str:
    """The content's stamp as this request first saw it."""
    return _looked(request).stamp


def _looked(request: HttpRequest) -> Look:
    known: Look | None = getattr(request, "_content_look", None)
    if known is None:
        known = request._content_look = look()  # type: ignore[attr-defined]
    return known


class StampMiddleware:
    """Lets `look_once` know the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Remember it while it is answered."""
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def this_minute() -> str:
    """A part of the stamp for what ends by the clock, or is another room's: it is made anew within a minute."""
    return str(int(time.time() // 60))


def same_for_everybody(request: HttpRequest) -> None:
    """Say that the answer may be given to every other reader of this address, for a minute or until content changes."""
    request.META[FOR_EVERYBODY] = True


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
