"""A clock: the timer, the listener, the leader's jobs, until told to stop."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from django.utils import timezone
from wagtail.hooks import search_for_hooks

from social_publisher.clock.jobs import LOOK_SECONDS, Job, guarded, interval_jobs
from social_publisher.clock.leader import Leader
from social_publisher.clock.listener import Listener
from social_publisher.clock.looking import Look
from social_publisher.clock.timer import DueTimer
from social_publisher.delivery.ledger_time import elapsed, ledger_now
from social_publisher.delivery.transports import Transport, configured_transport

logger = logging.getLogger(__name__)

WATCH_SECONDS = 1.0
STEP_SECONDS = 1.0
# Jobs begin one after the other, so that they never all run at one moment.
APART = timedelta(milliseconds=70)


class WallWatch:
    """Notices that this machine's clock was set, forward or back: it moved otherwise than time passed."""

    def __init__(self, wall: Callable[[], float] = time.time, passed: Callable[[], float] = elapsed) -> None:
        self._wall, self._passed = wall, passed
        self._offset = wall() - passed()

    def stepped(self) -> bool:
        """Whether the clock was set since the last look, by a second or more."""
        offset = self._wall() - self._passed()
        step, self._offset = offset - self._offset, offset
        return abs(step) >= STEP_SECONDS


class ClockService:
    """One clock process. Several may run; each carries due posts, one of them leads."""

    def __init__(self, transport: Transport | None = None) -> None:
        # Two executors: a slow job never keeps a due post waiting. Jobs live in memory alone.
        executors = {"default": ThreadPoolExecutor(8), "timer": ThreadPoolExecutor(1)}
        self.scheduler = BackgroundScheduler(executors=executors, timezone="UTC")
        self.transport = transport or configured_transport()
        self.leader = Leader()
        self.timer = DueTimer(self.scheduler, self.transport, self.leader.leads)
        self.listener = Listener(self.timer.kick)

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set, then finish what is under way."""
        _load_hooks()
        self._plan_jobs()
        self.scheduler.start()
        self.listener.start()
        self.timer.kick()
        logger.info("the clock runs")
        watch = WallWatch()
        while not stop.wait(WATCH_SECONDS):
            if watch.stepped():
                logger.warning("this machine's clock was set; everything is planned anew")
                self._plan_jobs()
                self.timer.forget()
        self.listener.stop()
        self.scheduler.shutdown(wait=True)
        self.transport.close()
        self.leader.resign()
        logger.info("the clock stopped")

    def _plan_jobs(self) -> None:
        jobs = interval_jobs(self.timer.kick)
        look = Look(jobs)
        jobs.insert(0, Job("look", LOOK_SECONDS, lambda: look.wake(ledger_now(), self._run_now)))
        now = timezone.now()
        for place, job in enumerate(jobs):
            self.scheduler.add_job(
                guarded(job, self.leader),
                IntervalTrigger(seconds=job.interval),
                id=job.name,
                replace_existing=True,
                next_run_time=now + place * APART,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )

    def _run_now(self, name: str) -> None:
        self.scheduler.modify_job(name, next_run_time=timezone.now())


def _load_hooks() -> None:
    """The first picture that leaves asks for hooks, and with them comes all of the desk: better now than when due."""
    try:
        search_for_hooks()
    except Exception:
        logger.exception("the desk could not be loaded; posts leave all the same")
