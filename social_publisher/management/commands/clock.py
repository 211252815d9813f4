from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from social_publisher.clock.service import ClockService


class Command(BaseCommand):
    help = (
        "Send approved posts when they are due and run the interval jobs, until stopped with Ctrl-C or SIGTERM. "
        "Several clocks may run; one leads. Example: python manage.py clock"
    )
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        ClockService().run(stop)
