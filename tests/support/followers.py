"""Readers who follow a link at a steady rate over kept connections, whether the site keeps up or not."""

from __future__ import annotations

import selectors
import socket
import time
from collections import deque
from dataclasses import dataclass, field

AGENT = (
    "Mozilla/5.0 (Linux; Android 14; Pixel {}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)
AGENTS = 50
END = b"\r\n\r\n"


@dataclass
class Followed:
    """When each click should have left, and how long after that its answer was there, in seconds."""

    clicks: list[tuple[float, float]] = field(default_factory=list)
    refused: int = 0

    def latency(self, share: float) -> float:
        """The latency that this share of clicks did not exceed, in milliseconds."""
        times = sorted(latency for _at, latency in self.clicks)
        return 1000 * times[min(int(len(times) * share), len(times) - 1)]

    def answered_before(self, moment: float) -> int:
        """How many had their answer by then."""
        return sum(at + latency <= moment for at, latency in self.clicks)


def follow(port: int, path: str, rate: int, seconds: float, connections: int = 16) -> Followed:
    """Follow a link `rate` times a second on loopback. Latency counts from when a click was due, waiting included."""
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: {AGENT.format(number)}\r\n"
        f"Accept-Language: ro,en;q=0.5\r\n\r\n".encode()
        for number in range(AGENTS)
    ]
    selector, idle = selectors.DefaultSelector(), deque[socket.socket]()
    for _connection in range(connections):
        one = socket.create_connection(("127.0.0.1", port))
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one.setblocking(False)
        selector.register(one, selectors.EVENT_READ)
        idle.append(one)
    found, under_way, sent = Followed(), dict[socket.socket, float](), 0
    count, first = int(rate * seconds), time.monotonic()
    try:
        while len(found.clicks) + found.refused < count and time.monotonic() < first + 3 * seconds + 5:
            due = min(int((time.monotonic() - first) * rate) + 1, count)
            while sent < due and idle:
                one = idle.popleft()
                one.send(requests[sent % AGENTS])
                under_way[one] = first + sent / rate
                sent += 1
            until = first + sent / rate - time.monotonic()
            for key, _event in selector.select(max(min(until, 0.005), 0) if sent < count else 0.05):
                reader = key.fileobj
                assert isinstance(reader, socket.socket)
                answer = reader.recv(65536)
                if not answer.endswith(END):
                    raise AssertionError(f"not an answer to the end: {answer[-100:]!r}")
                at = under_way.pop(reader)
                if answer.startswith(b"HTTP/1.1 302"):
                    found.clicks.append((at, time.monotonic() - at))
                else:
                    found.refused += 1
                idle.append(reader)
    finally:
        for key in list(selector.get_map().values()):
            assert isinstance(key.fileobj, socket.socket)
            key.fileobj.close()
        selector.close()
    return found
