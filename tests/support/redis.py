"""A Redis for the tests: the machine's own, else the wheel's, else Debian's package.

`python -m tests.support.redis` makes sure there is one and says which.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from campaign_site.launcher import broker, preflight
from campaign_site.launcher.errors import StartError
from tests.support import debian


def ensure() -> str:
    """Return the server's program, installing it if there is none. Exits with one sentence where that fails."""
    try:
        return broker.find_server()
    except StartError:
        debian.install("redis-server", "Redis")
    try:
        return broker.find_server()
    except StartError as error:
        sys.exit(str(error))


class Redis:
    """A server that keeps nothing, on a port of its own; it can be killed and started again, empty."""

    def __init__(self) -> None:
        self.port = preflight.free_port()
        self.url = broker.address(self.port)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            broker.command(self.port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/"
        )
        deadline = time.monotonic() + 20
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1) as link:
                    link.sendall(b"PING\r\n")
                    if link.recv(16).startswith(b"+PONG"):
                        return
            except OSError:
                assert time.monotonic() < deadline, "Redis did not start"
                time.sleep(0.05)

    def kill(self) -> None:
        """Kill it with -9: all it knew is lost."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None


@contextmanager
def running_redis() -> Iterator[Redis]:
    """Start a Redis and leave nothing of it running."""
    redis = Redis()
    redis.start()
    try:
        yield redis
    finally:
        redis.kill()


if __name__ == "__main__":
    print(f"The tests' Redis is {ensure()}")
