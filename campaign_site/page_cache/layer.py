"""The outermost WSGI application: gives kept pages, asks Django for the others, and keeps what Django allows.

Kept is only what a view declared the same for everybody (`content.memory.same_for_everybody`), asked for without a
session and without a question in the address. A page is right for a minute, and until something is published. While one
request makes a page anew, others get the old one if only its minute is over, and wait if something was published.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeGuard

from campaign_site.page_cache.encodings import TEXTS, WORTH_IT, choose, compress
from campaign_site.page_cache.middleware import KEEP
from campaign_site.page_cache.page import Headers, KeptPage, kept
from campaign_site.page_cache.store import Store
from campaign_site.page_cache.watch import Watch
from social_publisher.engagement.site_counting import READ, count_again

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

SECONDS = 60.0
# How long the old page is given while another request makes the new one.
GRACE = 30.0
# How long a page is the last good one.
LAST_GOOD = 24 * 60 * 60.0
# After Django failed it is left alone for so long where there is a last good page.
FAILING = 2.0
# How long to wait for who makes the page, before making it too.
PATIENCE = 10.0
READS = ("GET", "HEAD")
# Rooms whose answers are never kept; they compress, compare and refuse for themselves.
ELSEWHERE = ("/admin/", "/media/", "/static/", "/documents/", "/cards/", "/go/", "/health/", "/metrics", "/rehearsal/")
OK, NOT_MODIFIED = "200 OK", "304 Not Modified"


class PageCache:
    """A WSGI application around another. `session` is the name of the cookie that tells staff from readers."""

    def __init__(self, application: Application, store: Store, watch: Watch, session: str) -> None:
        self.application = application
        self.store = store
        self.watch = watch
        # What became of requests that could have been answered from here: hit, miss, aged, last_good.
        self.counted: Counter[str] = Counter()
        self._session = f"{session}="
        self._failing_until = 0.0

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Give the page if it is there and right."""
        if not self._may_be_kept(environ):
            return self.application(environ, start_response)
        key = (environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_PROTO"), environ["PATH_INFO"])
        page = self.store.get(key)
        if page is not None:
            now = time.monotonic()
            if page.until > now and self.store.is_right(page) and self.watch.is_trusted(now):
                self.counted["hit"] += 1
                return give(page, environ, start_response)
        elif key[2].startswith(ELSEWHERE):
            return self.application(environ, start_response)
        return self._ask_once(key, page, environ, start_response)

    def _may_be_kept(self, environ: Environ) -> bool:
        """A reader's request, without session, key or question. Parameters of tracked links are no question."""
        if environ["REQUEST_METHOD"] not in READS or "HTTP_AUTHORIZATION" in environ:
            return False
        if self._session in environ.get("HTTP_COOKIE", ""):
            return False
        query = environ.get("QUERY_STRING")
        return not query or all(part.startswith(("utm_", "fbclid=")) for part in query.split("&"))

    def _is_last_good(self, page: KeptPage | None, now: float) -> TypeGuard[KeptPage]:
        """Whether a page may be given because nothing better can be made."""
        return page is not None and now < page.made_at + LAST_GOOD and self.store.may_be_last(page)

    def _ask_once(self, key: Hashable, old: KeptPage | None, environ: Environ, start: Start) -> Iterable[bytes]:
        now = time.monotonic()
        if now < self._failing_until and self._is_last_good(old, now):
            self.counted["last_good"] += 1
            return give(old, environ, start)
        with self.store.flight(key) as other:
            if other is None:
                return self._ask(key, old, environ, start)
        if old is not None and self.store.is_right(old) and now < old.until + GRACE and self.watch.is_trusted(now):
            self.counted["aged"] += 1
            return give(old, environ, start)
        other.wait(PATIENCE)
        page = self.store.get(key)
        if page is not None and page is not old and self.store.is_right(page):
            self.counted["hit"] += 1
            return give(page, environ, start)
        return self._ask(key, old, environ, start)

    def _ask(self, key: Hashable, old: KeptPage | None, environ: Environ, start: Start) -> Iterable[bytes]:
        """Have Django make the page: whole and uncompressed, whatever this reader's program has or takes."""
        self.counted["miss"] += 1
        if environ["REQUEST_METHOD"] == "HEAD":
            return self.application(environ, start)
        generation = self.store.generation
        asked = {name: value for name, value in environ.items() if name not in OF_ONE_READER}
        answer = Answer()
        response = self.application(asked, answer.start)
        if answer.status.startswith("5"):
            now = time.monotonic()
            if self._is_last_good(old, now):
                close(response)
                self._failing_until = now + FAILING
                self.counted["last_good"] += 1
                logger.warning("%s could not be made; its last good page is given", environ["PATH_INFO"])
                return give(old, environ, start)
        elif not asked.get(KEEP):
            # What was kept under this address is not what is there now.
            self.store.drop(key)
        if not asked.get(KEEP):
            return answer.pass_on(response, choose(environ.get("HTTP_ACCEPT_ENCODING", "")), start)
        body = b"".join(response)
        close(response)
        page = kept(answer.headers, body, now=time.monotonic(), seconds=SECONDS, generation=generation)
        page.read = asked.get(READ)
        self.store.put(key, page)
        return give(page, environ, start, counts=False)


# What Django is not to see of a request whose answer others get too.
OF_ONE_READER = frozenset(
    {"HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_COOKIE"}
)


class Answer:
    """What Django said before the body."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []
        self._more: tuple[Any, ...] = ()

    def start(self, status: str, headers: Headers, *more: Any) -> Callable[[bytes], None]:
        """Stand where `start_response` stands."""
        self.status, self.headers, self._more = status, headers, more
        return lambda _data: None

    def pass_on(self, response: Iterable[bytes], encoding: str, start: Start) -> Iterable[bytes]:
        """Give it on as it is, text compressed."""
        known = {name.lower(): value for name, value in self.headers}
        is_text = known.get("content-type", "").startswith(TEXTS)
        length = known.get("content-length", "")
        if not encoding or not is_text or "content-encoding" in known or not length.isdigit() or int(length) < WORTH_IT:
            start(self.status, self.headers, *self._more)
            return response
        body = compress(b"".join(response), encoding)
        close(response)
        kept_headers = [(name, value) for name, value in self.headers if name.lower() != "content-length"]
        start(
            self.status,
            [*kept_headers, ("Content-Length", str(len(body))), ("Content-Encoding", encoding)],
            *self._more,
        )
        return [body]


def give(page: KeptPage, environ: Environ, start: Start, *, counts: bool = True) -> list[bytes]:
    """Answer with a page: whole, or 304 where the reader's program has it. A further read is counted."""
    if counts and page.read is not None and environ["REQUEST_METHOD"] == "GET":
        count_again(page.read, environ)
    if has_it(page, environ):
        start(NOT_MODIFIED, [*page.not_modified, in_proxy(page)])
        return []
    headers, body = page.answer(choose(environ.get("HTTP_ACCEPT_ENCODING", "")))
    start(OK, [*headers, in_proxy(page)])
    return body if environ["REQUEST_METHOD"] == "GET" else []


def in_proxy(page: KeptPage) -> tuple[str, str]:
    """A proxy of nginx's kind may keep the page until this second ends, and asks again with its tag; never a page whose
    reads are counted. Whole seconds are all it knows, so "for one second" would be up to two."""
    return "X-Accel-Expires", "0" if page.read is not None else f"@{int(time.time())}"


def has_it(page: KeptPage, environ: Environ) -> bool:
    """Whether the reader's program named this very page (RFC 9110, 13.1: the tag goes before the date)."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags:
        return page.etag[2:] in tags or tags.strip() == "*"
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    return bool(since) and since == page.last_modified


def close(response: Iterable[bytes]) -> None:
    """Tell Django that its answer is over."""
    if closing := getattr(response, "close", None):
        closing()
