"""One process of the soak: a clock, or a Celery worker, with the six fake networks beside the installed ones."""

from __future__ import annotations

import signal
import sys
import threading

import django

django.setup()

from campaign_site.celery import app  # noqa: E402
from tests.fakes.install import install  # noqa: E402


def main() -> None:
    """Run until killed. Example: python -m tests.soak.process clock"""
    install()
    if sys.argv[1] == "clock":
        from social_publisher.clock.service import ClockService

        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        ClockService().run(stop)
    else:
        options = ["--loglevel", "ERROR", "--pool", "threads", "--concurrency", "4"]
        app.worker_main(["worker", *options, "--hostname", sys.argv[1], "--without-gossip", "--without-mingle"])


if __name__ == "__main__":
    main()
