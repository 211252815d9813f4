"""A fake that kills its caller kills nobody else."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.fakes.http import callers

# Connects from a port, 0 for any, to another, says from which, and stays until it is told to go.
CALLER = """
import socket, sys
link = socket.socket()
link.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
link.bind(("127.0.0.1", int(sys.argv[1])))
link.connect(("127.0.0.1", int(sys.argv[2])))
print(link.getsockname()[1], flush=True)
sys.stdin.read()
"""


@contextmanager
def calling(port: int, door: socket.socket) -> Iterator[tuple[int, int]]:
    """Another process that is connected to the door from the port; its number, and the port."""
    command = [sys.executable, "-c", CALLER, str(port), str(door.getsockname()[1])]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.pid, int(process.stdout.readline())
    finally:
        process.communicate(timeout=20)


def test_the_caller_is_told_from_who_has_the_same_port_for_elsewhere() -> None:
    with ExitStack() as stack:
        ours, another = (stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _door in range(2))
        caller, port = stack.enter_context(calling(0, ours))
        _stranger, same = stack.enter_context(calling(port, another))
        assert same == port
        assert callers(port, ours.getsockname()[1]) == [caller]
