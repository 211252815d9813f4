"""One clock process as in production, with the no-op network beside the installed ones."""

from __future__ import annotations

import signal
import threading

import django

django.setup()

from social_publisher.clock.service import ClockService  # noqa: E402
from tests.bench.noop import install  # noqa: E402


def main() -> None:
    """Run until SIGTERM."""
    install()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    ClockService().run(stop)


if __name__ == "__main__":
    main()
