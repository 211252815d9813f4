"""The tracked links before Django: an answer that Django gave is given again for some seconds, and the click counted.

Django's own view decides where a link leads and whether it counts, and makes the whole answer; nothing of that is here.
It leaves the link's number in the request's environment (`LINK`) where clicks count; other answers are not given again,
nor is one that is for a single reader.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from social_publisher.engagement.clicks import count_click

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

PREFIX = "/go/"
LINK = "social_publisher.link"
# How long a moved page, or one that is gone, may still be led to.
SECONDS = 5.0
MOST = 10_000
# What an answer may depend on.
PLACE = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme")


@dataclass(frozen=True, slots=True)
class Answer:
    """What Django said, until when it holds, and the link that a click counts for."""

    until: float
    status: str
    headers: list[tuple[str, str]]
    link: int


class Door:
    """A WSGI application around Django's."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._known: dict[tuple[Any, ...], Answer] = {}

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer at once what is known, and ask Django for the rest."""
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX) or environ.get("REQUEST_METHOD") not in {"GET", "HEAD"}:
            return self.application(environ, start_response)
        key = (path, *(environ.get(name) for name in PLACE))
        answer = self._known.get(key)
        if answer is None or answer.until < time.monotonic():
            return self._ask(key, environ, start_response)
        if environ["REQUEST_METHOD"] == "GET":
            count_click(answer.link, environ)
        start_response(answer.status, answer.headers)
        return [b""]

    def _ask(self, key: tuple[Any, ...], environ: Environ, start_response: Start) -> Iterable[bytes]:
        def remember(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            own = any(name.lower() == "set-cookie" for name, _value in headers)
            if environ.get(LINK) and status.startswith("302") and not own:
                if len(self._known) >= MOST:
                    self._known.clear()
                self._known[key] = Answer(time.monotonic() + SECONDS, status, list(headers), environ[LINK])
            return start_response(status, headers, *rest)

        return self.application(environ, remember)
