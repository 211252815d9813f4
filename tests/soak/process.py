"""One process of the soak: a clock, or a Celery worker, with the six fake networks beside the installed ones.

Its machine's clock is set forward and back by up to a day, again and again.
"""

from __future__ import annotations

import random
import signal
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import django
import time_machine

django.setup()

from campaign_site.celery import app  # noqa: E402
from tests.fakes.install import install  # noqa: E402


def set_the_clock() -> None:
    """Let this process's wall clock jump every few seconds, for as long as it lives."""
    while True:
        time.sleep(random.uniform(1, 8))
        right = datetime.fromtimestamp(time_machine.escape_hatch.time.time(), UTC)
        wrong = right + timedelta(seconds=random.choice([-86_400, -3600, -60, -2, 0, 2, 60, 3600, 86_400]))
        traveller = time_machine.travel(wrong, tick=True)
        traveller.start()
        time.sleep(random.uniform(1, 8))
        traveller.stop()


def main() -> None:
    """Run until killed. Example: python -m tests.soak.process clock"""
    install()
    threading.Thread(target=set_the_clock, daemon=True).start()
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
