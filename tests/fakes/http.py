"""A fake network over real HTTP: routes, validation, faults and its own record. Each network is a subclass in its file.

Faults are set by POST /__control with {"faults": [...]}; each call that posts or deletes meets the next one, each
that uploads the next that begins with "upload/":
"ok", "slow:<seconds>", "429:<seconds>", "500-before", "500-after", "401", "refuse", "reset-before", "reset-after",
"reset-mid-body", "malformed", "kill-before", "kill-after" (end the calling process with SIGKILL, before or after the
call was taken). {"storm": {fault: weight}, "seed": n} draws them at random until told otherwise; GET /__record tells
all.
"""

from __future__ import annotations

import contextlib
import email.parser
import email.policy
import json
import os
import random
import re
import signal
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psutil


@dataclass
class Answer(Exception):  # noqa: N818
    """What goes back; it may also be raised from anywhere in a route."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return (
            self.body if isinstance(self.body, bytes) else b"" if self.body is None else json.dumps(self.body).encode()
        )


@dataclass(frozen=True)
class Part:
    """One file of a multipart body."""

    filename: str
    content_type: str
    content: bytes


@dataclass
class Call:
    """One request."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: Any
    body: bytes
    found: re.Match[str] | None = None

    def __getitem__(self, name: str) -> str:
        """A named piece of the path."""
        assert self.found is not None
        return self.found[name]

    def asked(self, name: str, default: str = "") -> str:
        """One value of the query."""
        return self.query.get(name, [default])[0]

    @property
    def bearer(self) -> str:
        kind, _space, token = self.headers.get("authorization", "").partition(" ")
        return token if kind.lower() == "bearer" else ""

    @property
    def content_type(self) -> str:
        return str(self.headers.get("content-type", "")).partition(";")[0].strip()

    def json(self) -> Any:
        """The body as JSON. Raises ValueError."""
        return json.loads(self.body)

    def form(self) -> dict[str, list[str]]:
        """The fields of a form, of either encoding."""
        if self.content_type == "multipart/form-data":
            texts = {
                name: [value for value in values if isinstance(value, str)] for name, values in self._parts().items()
            }
            return {name: values for name, values in texts.items() if values}
        return parse_qs(self.body.decode(), keep_blank_values=True)

    def files(self) -> dict[str, list[Part]]:
        """The files of a multipart body."""
        found = {name: [value for value in values if isinstance(value, Part)] for name, values in self._parts().items()}
        return {name: parts for name, parts in found.items() if parts}

    def _parts(self) -> dict[str, list[str | Part]]:
        head = b"Content-Type: " + str(self.headers["content-type"]).encode() + b"\r\n\r\n"
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + self.body)
        found: dict[str, list[str | Part]] = {}
        for part in message.iter_parts():
            name = str(part.get_param("name", header="content-disposition"))
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            filename = part.get_filename()
            value: str | Part = (
                content.decode() if filename is None else Part(filename, part.get_content_type(), content)
            )
            found.setdefault(name, []).append(value)
        return found


Handles = Callable[[Any, Call], Answer]


def route(method: str, pattern: str, *, acts: str = "") -> Callable[[Handles], Handles]:
    """Serve this path (a regular expression of all of it). `acts`, "post" or "upload", lets faults happen to it."""

    def mark(function: Handles) -> Handles:
        function.__dict__["route"] = (method, re.compile(pattern), acts)
        return function

    return mark


class FakeNetwork:
    """One network. `posts` and `uploads` are its own record, of everything it ever took, for good.

    A post of the record has `id`, `handle`, `text` (as a reader sees it), `reply_to`, `media` (each with `kind`,
    "picture" or
    "video", and `alt`), `language`, `warning`, `card` (None, or its `title` and `url`) and `gone` once it was deleted.
    `calls` are all requests as method and path; `counts` is what engagement a test has given to posts, by id and our
    names.
    """

    slug = ""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.base = ""
        self.reset()

    def reset(self) -> None:
        """Forget everything."""
        self.posts: list[dict[str, Any]] = []
        self.uploads: list[dict[str, Any]] = []
        self.calls: list[tuple[str, str]] = []
        self.counts: dict[str, dict[str, int]] = {}
        self.faults: dict[str, deque[str]] = {"post": deque(), "upload": deque()}
        self.storm: tuple[dict[str, float], random.Random] | None = None

    def put(self, handle: str, text: str, at: datetime) -> dict[str, Any]:
        """Record a post that somebody made by hand on the account, at that time."""
        raise TypeError("a subclass whose posts can be read back does")

    def failure(self, kind: str, value: str) -> Answer:
        """How this network says "429", "500", "401" and "refuse"."""
        raise TypeError("a subclass says")

    def answer(self, call: Call) -> tuple[str, Answer, bool]:
        """Return the fault that the call meets, the answer, and whether it was taken."""
        self.calls.append((call.method, call.path))
        handler, acts = self._route(call)
        if handler is None:
            return "ok", self.unknown_path(call), False
        fault = self._fault(acts) if acts else "ok"
        kind, _colon, value = fault.partition(":")
        if kind == "slow":
            time.sleep(float(value))
        if kind in {"429", "401", "refuse", "500-before"}:
            return "ok", self.failure(kind.removesuffix("-before"), value), False
        if kind in {"kill-before", "reset-before"}:
            return kind, Answer(0), False
        try:
            with self.lock:
                given = handler(self, call)
        except Answer as raised:
            given = raised
        if kind == "500-after":
            return "ok", self.failure("500", ""), True
        return kind, given, True

    def unknown_path(self, call: Call) -> Answer:
        """What the network says to a path it does not have."""
        return Answer(404, {"error": "not found"})

    def control(self, wish: dict[str, Any]) -> None:
        """What a test tells the network to do."""
        with self.lock:
            if wish.get("reset"):
                self.reset()
            self.counts.update(wish.get("counts", {}))
            if "faults" in wish:
                self.fail(*wish["faults"])
            if "storm" in wish:
                self.storm = (wish["storm"], random.Random(wish.get("seed", 0))) if wish["storm"] else None

    def fail(self, *faults: str) -> None:
        """The next calls meet these faults, one each: those that publish or delete, and with "upload/" those that
        upload."""
        self.faults = {"post": deque(), "upload": deque()}
        for fault in faults:
            self.faults["upload" if fault.startswith("upload/") else "post"].append(fault.removeprefix("upload/"))

    def _fault(self, acts: str) -> str:
        with self.lock:
            if self.faults[acts]:
                return self.faults[acts].popleft()
            if self.storm:
                weights, source = self.storm
                return source.choices(list(weights), list(weights.values()))[0]
        return "ok"

    def _route(self, call: Call) -> tuple[Handles | None, str]:
        for kind in type(self).__mro__:
            for function in vars(kind).values():
                method, pattern, acts = getattr(function, "route", (None, None, ""))
                if method == call.method and (found := pattern.fullmatch(call.path)):
                    call.found = found
                    return function, acts
        return None, ""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: FakeServer

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        self._serve()

    do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_GET  # noqa: N815

    def _serve(self) -> None:
        address = urlsplit(self.path)
        body = self._body()
        network = self.server.network
        call = Call(self.command, address.path, parse_qs(address.query, keep_blank_values=True), self.headers, body)
        if call.path == "/__record":
            with network.lock:
                self._send(Answer(200, {"posts": network.posts, "uploads": network.uploads}))
            return
        if call.path == "/__control":
            network.control(call.json())
            self._send(Answer(200, {}))
            return
        try:
            fault, answer, _taken = network.answer(call)
        except Exception as error:
            # A request the fake does not understand, or a fault of its own: the test sees which.
            fault, answer = "ok", Answer(599, {"fake": f"{type(error).__name__}: {error}"})
        self._finish(fault, answer)

    def _body(self) -> bytes:
        if self.headers.get("transfer-encoding", "").lower() == "chunked":
            content = b""
            while size := int(self.rfile.readline(), 16):
                content += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return content
        return self.rfile.read(int(self.headers.get("content-length") or 0))

    def _finish(self, fault: str, answer: Answer) -> None:
        if fault.startswith("kill"):
            self._kill_caller()
            self._hang_up()
        elif fault in {"reset-before", "reset-after"}:
            self._hang_up()
        elif fault == "malformed":
            self._send(Answer(answer.status, b'{"id": ', answer.headers))
        elif fault == "reset-mid-body":
            self._head(answer.status, len(answer.content), answer.headers)
            self.wfile.write(answer.content[: len(answer.content) // 2])
            self.wfile.flush()
            self._hang_up()
        else:
            self._send(answer)

    def _kill_caller(self) -> None:
        """End the process at the other end of this connection."""
        for pid in callers(self.client_address[1], self.connection.getsockname()[1]):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _hang_up(self) -> None:
        """Reset the connection, as a network in trouble does."""
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        self.close_connection = True

    def _send(self, answer: Answer) -> None:
        with contextlib.suppress(OSError):
            self._head(answer.status, len(answer.content), answer.headers)
            if self.command != "HEAD":
                self.wfile.write(answer.content)

    def _head(self, status: int, length: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"content-type": "application/json", "content-length": str(length), **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()


class FakeServer(ThreadingHTTPServer):
    """Serves one network on a free port of loopback."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, network: FakeNetwork) -> None:
        self.network = network
        super().__init__(("127.0.0.1", 0), Handler)
        network.base = f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that was killed is no error of the server's."""


def callers(port: int, here: int) -> list[int]:
    """The processes, other than this one, that are connected from a port to one of ours. The port alone does not tell:
    others may have it at the same time, for a connection to elsewhere."""
    links = psutil.net_connections("tcp4")
    found = [
        link.pid for link in links if link.laddr and link.raddr and (link.laddr.port, link.raddr.port) == (port, here)
    ]
    return [pid for pid in found if pid and pid != os.getpid()]


@contextlib.contextmanager
def serving(network: FakeNetwork) -> Iterator[FakeNetwork]:
    """Serve it from this process, in threads."""
    with FakeServer(network) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield network
        finally:
            server.shutdown()
            thread.join()
