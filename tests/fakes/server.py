"""One fake server for all six networks. It keeps its own record, refuses what they refuse, and fails as it is told.

Faults are switched by POST /control with {"network", "faults": [...]}; each call of that network takes the next fault:
"ok", "slow:<seconds>", "429:<seconds>", "500-before", "500-after", "401", "refuse", "reset-before", "reset-after",
"reset-mid-body", "malformed", "kill-before", "kill-after" (end the calling process with SIGKILL, before or after the
post was taken). {"storm": {fault: weight}, "seed": n} draws them at random until told otherwise.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import struct
import threading
import time
from collections import deque
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.profiles import PROFILES


class Record:
    """What the networks have: every accepted post, for good, whoever asks."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.posts: list[dict[str, Any]] = []
        self.uploads: list[dict[str, Any]] = []
        self.faults: dict[str, deque[str]] = {}
        self.storm: tuple[dict[str, float], random.Random] | None = None

    def fault(self, network: str) -> str:
        with self.lock:
            waiting = self.faults.get(network)
            if waiting:
                return waiting.popleft()
            if self.storm:
                weights, source = self.storm
                return source.choices(list(weights), list(weights.values()))[0]
        return "ok"

    def take(self, network: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Accept a post as this network would: once a key where it has a lever, never twice the same text where not."""
        profile = PROFILES[network]
        key = {"record": body["record_key"], "key": body["idempotency_key"], "": ""}[profile.lever]
        with self.lock:
            own = [post for post in self.posts if post["network"] == network and post["handle"] == body["handle"]]
            if profile.lever:
                if not key:
                    return 400, {"error": "a key is missing"}
                for post in own:
                    if post["key"] == key:
                        return 200, post
            if profile.refuses_duplicates and any(post["text"] == body["text"] for post in own):
                return 403, {"error": "You are not allowed to create a post with duplicate content."}
            if body["reply_to"] and not any(post["id"] == body["reply_to"] for post in own):
                return 400, {"error": "the post it answers does not exist"}
            post = {
                "id": f"{network}-{len(self.posts) + 1}",
                "network": network,
                "key": key,
                "at": datetime.now(UTC).isoformat(),
                **{name: body[name] for name in ("handle", "text", "reply_to", "media")},
            }
            self.posts.append(post)
            return 200, post

    def find(self, network: str, handle: str, key: str, text: str, reply_to: str) -> list[dict[str, Any]]:
        profile = PROFILES[network]
        with self.lock:
            own = [post for post in self.posts if post["network"] == network and post["handle"] == handle]
        if profile.lever == "record":
            return [post for post in own if post["key"] == key]
        return [post for post in own if post["text"] == text and post["reply_to"] == reply_to]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeServer

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query, keep_blank_values=True).items()}
        record = self.server.record
        if address.path == "/record":
            with record.lock:
                self._answer(200, {"posts": record.posts, "uploads": record.uploads})
        elif address.path == "/pid":
            self._answer(200, {"pid": os.getpid()})
        else:
            network = address.path.split("/")[1]
            if not PROFILES[network].witness:
                self._answer(404, {"error": "a bot cannot list its own posts"})
                return
            self._answer(200, {"posts": record.find(network, **asked)})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.path == "/control":
            self._control(body)
            return
        network, action = self.path.strip("/").split("/")
        fault = self.server.record.fault(network)
        if self._fails_before(fault):
            return
        if action == "upload":
            status, answer = self._upload(network, body)
        else:
            status, answer = self.server.record.take(network, body)
        self._finish(fault, status, answer)

    def _control(self, body: dict[str, Any]) -> None:
        record = self.server.record
        with record.lock:
            if "faults" in body:
                record.faults[body["network"]] = deque(body["faults"])
            if "storm" in body:
                record.storm = (body["storm"], random.Random(body.get("seed", 0))) if body["storm"] else None
            if body.get("reset"):
                record.posts.clear()
                record.uploads.clear()
                record.faults.clear()
        self._answer(200, {})

    def _upload(self, network: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        record = self.server.record
        with record.lock:
            upload = {"id": f"media-{len(record.uploads) + 1}", "network": network, "sha256": body["sha256"]}
            record.uploads.append(upload)
        return 200, upload

    def _fails_before(self, fault: str) -> bool:
        kind, _colon, value = fault.partition(":")
        if kind == "kill-before":
            self._kill_caller()
            self._hang_up()
            return True
        if kind == "reset-before":
            self._hang_up()
            return True
        if kind == "slow":
            time.sleep(float(value))
            return False
        answers = {
            "429": (429, {"error": "Too many requests."}, {"Retry-After": value}),
            "500-before": (500, {"error": "Something went wrong."}, {}),
            "401": (401, {"error": "The token is no longer valid."}, {}),
            "refuse": (403, {"error": "This content is not allowed."}, {}),
        }
        if kind in answers:
            self._answer(*answers[kind])
            return True
        return False

    def _finish(self, fault: str, status: int, answer: dict[str, Any]) -> None:
        if fault == "kill-after":
            self._kill_caller()
            self._hang_up()
        elif fault == "reset-after":
            self._hang_up()
        elif fault == "500-after":
            self._answer(500, {"error": "Something went wrong."})
        elif fault == "malformed":
            self._send(status, b'{"id": ', {})
        elif fault == "reset-mid-body":
            content = json.dumps(answer).encode()
            self._head(status, len(content), {})
            self.wfile.write(content[: len(content) // 2])
            self.wfile.flush()
            self._hang_up()
        else:
            self._answer(status, answer)

    def _kill_caller(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(self.headers["x-caller"]), signal.SIGKILL)

    def _hang_up(self) -> None:
        """Reset the connection, as a network in trouble does."""
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        self.close_connection = True

    def _answer(self, status: int, answer: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(answer).encode(), headers or {})

    def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        with contextlib.suppress(OSError):
            self._head(status, len(content), headers)
            self.wfile.write(content)

    def _head(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"content-type": "application/json", "content-length": str(length), **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()


class FakeServer(ThreadingHTTPServer):
    """Answers on a free port of loopback."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        self.record = Record()
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that was killed is no error of the server's."""


if __name__ == "__main__":
    server = FakeServer()
    print(server.base, flush=True)
    server.serve_forever()
