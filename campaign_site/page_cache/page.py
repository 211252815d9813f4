"""A page as it is kept: what Django said once, ready to be given in each compression."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from campaign_site.page_cache.encodings import WORTH_IT, compress

Headers = list[tuple[str, str]]
# What follows from how the page is sent, or is said anew with each answer.
OWN = {"content-length", "content-encoding", "etag", "vary", "x-accel-expires", "x-request-id", "set-cookie"}


@dataclass(slots=True)
class KeptPage:
    """An answer of status 200. `until` and `made_at` are seconds of the monotonic clock; `read` is what one more read
    of it counts as, if it counts."""

    headers: Headers
    body: bytes
    etag: str
    last_modified: str
    made_at: float
    until: float
    generation: int
    read: Any = None
    _answers: dict[str, tuple[Headers, list[bytes]]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes it may take in memory, about: the page, and its compressed forms."""
        return 2 * len(self.body) + 2_000

    def answer(self, encoding: str) -> tuple[Headers, list[bytes]]:
        """Headers and body in this compression, made by the first who asks for it."""
        made = self._answers.get(encoding)
        if made is None:
            made = self._answers[encoding] = self._make(encoding)
        return made

    def _make(self, encoding: str) -> tuple[Headers, list[bytes]]:
        body = compress(self.body, encoding) if len(self.body) >= WORTH_IT else self.body
        sent = [*self.headers, *self.validators, ("Content-Length", str(len(body)))]
        if body is not self.body:
            sent.append(("Content-Encoding", encoding))
        return sent, [body]

    @property
    def validators(self) -> Headers:
        """What tells this page from another one."""
        return [("ETag", self.etag), ("Vary", "Accept-Encoding")]

    @property
    def not_modified(self) -> Headers:
        """The headers of a 304: all that a 200 has but those of its body (RFC 9110, 15.4.5)."""
        return [pair for pair in self.headers if not pair[0].lower().startswith("content-t")] + self.validators

    def take_answers(self, other: KeptPage) -> None:
        """The same page again: what was compressed for the other serves here too."""
        if other.etag == self.etag and other.headers == self.headers:
            self._answers = other._answers


def kept(headers: Sequence[tuple[str, str]], body: bytes, *, now: float, seconds: float, generation: int) -> KeptPage:
    """Make a page of Django's answer. Without a word on keeping, browsers keep it and ask each time."""
    known = {name.lower(): value for name, value in headers}
    sent = [(name, value) for name, value in headers if name.lower() not in OWN]
    if "cache-control" not in known:
        sent.append(("Cache-Control", "public, no-cache"))
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    return KeptPage(
        headers=sent,
        body=body,
        # Weak, since one tag stands for the page in every compression.
        etag=f'W/"{digest}"',
        last_modified=known.get("last-modified", ""),
        made_at=now,
        until=now + seconds,
        generation=generation,
    )
