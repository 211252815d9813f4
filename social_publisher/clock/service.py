"""A clock: the timer, the listener, the leader's jobs, until told to stop."""

from __future__ import annotations

import logging
import threading

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from django.utils import timezone

from social_publisher.clock.jobs import guarded, interval_jobs
from social_publisher.clock.leader import Leader
from social_publisher.clock.listener import Listener
from social_publisher.clock.timer import DueTimer
from social_publisher.delivery.transports import Transport, configured_transport

logger = logging.getLogger(__name__)


class ClockService:
    """One clock process. Several may run; each carries due posts, one of them leads."""

    def __init__(self, transport: Transport | None = None) -> None:
        # Two executors: a slow job never keeps a due post waiting. Jobs live in memory alone.
        executors = {"default": ThreadPoolExecutor(4), "timer": ThreadPoolExecutor(1)}
        self.scheduler = BackgroundScheduler(executors=executors, timezone="UTC")
        self.transport = transport or configured_transport()
        self.timer = DueTimer(self.scheduler, self.transport)
        self.listener = Listener(self.timer.kick)
        self.leader = Leader()

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set, then finish what is under way."""
        for job in interval_jobs(self.timer.kick):
            self.scheduler.add_job(
                guarded(job, self.leader),
                IntervalTrigger(seconds=job.interval),
                id=job.name,
                next_run_time=timezone.now(),
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self.scheduler.start()
        self.listener.start()
        self.timer.kick()
        logger.info("the clock runs")
        stop.wait()
        self.listener.stop()
        self.scheduler.shutdown(wait=True)
        self.transport.close()
        self.leader.resign()
        logger.info("the clock stopped")
