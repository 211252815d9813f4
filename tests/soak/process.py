"""One process of the soak: a clock, or a Celery worker, with the six fake networks beside the installed ones. Forked
from a server with Django ready.

Its machine's clock is set forward and back by up to a day, again and again.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from datetime import UTC, datetime, timedelta

import django
import time_machine

django.setup()

from wagtail.hooks import search_for_hooks  # noqa: E402

from campaign_site.celery import app  # noqa: E402
from tests.fakes.install import install  # noqa: E402

search_for_hooks()


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


def work(name: str, log: str) -> None:
    """Run as `clock`, or as the worker of this name, until killed. What it says goes to the end of a file."""
    said = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for stream in (1, 2):
        os.dup2(said, stream)
    random.seed()
    install()
    threading.Thread(target=set_the_clock, daemon=True).start()
    if name == "clock":
        from social_publisher.clock.service import ClockService

        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        ClockService().run(stop)
    else:
        options = ["--loglevel", "ERROR", "--pool", "threads", "--concurrency", "4"]
        app.worker_main(["worker", *options, "--hostname", name, "--without-gossip", "--without-mingle"])
