"""A RabbitMQ for the tests, where the machine has one; `make test-rabbitmq` installs it on a Debian."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from kombu.connection import Connection

from campaign_site.launcher.preflight import free_port
from tests.support import debian

PLACES = (
    "/usr/lib/rabbitmq/bin/rabbitmq-server",
    "/usr/local/sbin/rabbitmq-server",
    "/opt/homebrew/sbin/rabbitmq-server",
)


def find_server() -> str | None:
    """The server's own start script, not a package's wrapper that changes the user; None where there is none."""
    return next((place for place in PLACES if Path(place).exists()), None) or shutil.which("rabbitmq-server")


class RabbitMQ:
    """A server with nothing on disk that outlives it; it can be killed and started again, empty."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}//"
        self._names = free_port()  # the port of Erlang's own name service, so that no other's is used
        self._folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it takes a connection."""
        self._folder = Path(tempfile.mkdtemp(prefix="campaign-rabbitmq-"))
        environment = {
            **os.environ,
            "HOME": str(self._folder),
            "ERL_EPMD_PORT": str(self._names),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"tests{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(self._folder / "data"),
            "RABBITMQ_LOG_BASE": str(self._folder / "log"),
            "RABBITMQ_PID_FILE": str(self._folder / "pid"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self._folder / "plugins"),
        }
        server = find_server()
        assert server is not None, "RabbitMQ is not installed"
        self._process = subprocess.Popen(
            [server], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/"
        )
        deadline = time.monotonic() + 90
        while not self._answers():
            assert time.monotonic() < deadline, "RabbitMQ did not start"
            time.sleep(0.5)

    def kill(self) -> None:
        """Kill it with -9: all it knew is lost."""
        if self._process is None or self._folder is None:
            return
        doomed = psutil.Process(self._process.pid).children(recursive=True)
        doomed += [other for other in psutil.process_iter() if self._is_own_name_service(other)]
        self._process.kill()
        for process in doomed:
            process.kill()
        psutil.wait_procs(doomed, 10)
        self._process.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)
        self._process = None

    def _answers(self) -> bool:
        try:
            with Connection(self.url, connect_timeout=2) as link:
                link.connect()
        except OSError:
            return False
        return True

    def _is_own_name_service(self, process: psutil.Process) -> bool:
        try:
            own = process.environ().get("ERL_EPMD_PORT") == str(self._names)
            return own and process.name() == "epmd"
        except psutil.Error:
            return False


@contextmanager
def running_rabbitmq() -> Iterator[RabbitMQ]:
    """Start a RabbitMQ and leave nothing of it running."""
    server = RabbitMQ()
    server.start()
    try:
        yield server
    finally:
        server.kill()


if __name__ == "__main__":
    if find_server() is None:
        debian.install("rabbitmq-server", "RabbitMQ")
    sys.exit(None if find_server() else "There is no RabbitMQ here. Install the package rabbitmq-server.")
