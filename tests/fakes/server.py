"""`python -m tests.fakes.server`: all six fakes in one process that a test never kills. Prints their addresses as JSON.

Example: python -m tests.fakes.server telegram x
"""

from __future__ import annotations

import json
import sys
import threading
from importlib import import_module

from tests.fakes import SLUGS
from tests.fakes.http import FakeNetwork, FakeServer


def fake_type(slug: str) -> type[FakeNetwork]:
    """The class of a network's fake: the one that stands on all others of its module."""
    found = [value for value in vars(import_module(f"tests.fakes.{slug}")).values() if isinstance(value, type)]
    return max((kind for kind in found if issubclass(kind, FakeNetwork)), key=lambda kind: len(kind.__mro__))


def main() -> None:
    """Serve until the process is ended."""
    servers = {slug: FakeServer(fake_type(slug)()) for slug in sys.argv[1:] or SLUGS}
    for server in servers.values():
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({slug: server.network.base for slug, server in servers.items()}), flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
