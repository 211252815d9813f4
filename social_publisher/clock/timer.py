"""The precise timer: it fires at the next due moment and sleeps until then."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.date import DateTrigger
from django.db import connection
from django.utils import timezone

from social_publisher.delivery.due import AHEAD, EACH, due, next_due_at
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.delivery.transports import Transport

logger = logging.getLogger(__name__)

JOB = "next-due"
# Due rows that a full transport or a lost message left behind are looked at again after this.
AGAIN = timedelta(seconds=1)
# With shared workers, a clock that does not lead hands over only what the leader has left this long.
STANDBY = timedelta(seconds=1)


class DueTimer:
    """Hands everything due to the transport, then sets itself to the next due time. `kick` may come from any thread.

    Due times are the ledger's; only the distance to them is given to the scheduler, which goes by this machine's clock.
    """

    def __init__(
        self, scheduler: BaseScheduler, transport: Transport, leads: Callable[[], bool] = lambda: True
    ) -> None:
        self._scheduler = scheduler
        self._transport = transport
        self._leads = leads
        self._lock = threading.Lock()
        self._wanted: datetime | None = None

    def kick(self) -> None:
        """Look at the ledger as soon as possible."""
        self._set(timezone.now())

    def forget(self) -> None:
        """Drop the plan and look at the ledger: this machine's clock was set, so the planned moment means nothing."""
        with self._lock:
            self._wanted = None
        self.kick()

    def fire(self) -> None:
        """Carry what is due now and plan the next time. A lost database is tried again, never fatal."""
        with self._lock:
            self._wanted = None
        wait: timedelta | None
        try:
            now = ledger_now()
            standby = self._transport.shared and not self._leads()
            seen = now - STANDBY if standby else now + AHEAD
            rows = due(seen)
            if rows:
                self._transport.carry(rows)
            upcoming = next_due_at(seen)
            more = len(rows) >= EACH
            passed = ledger_now() - now
            wait = AGAIN if more else upcoming - seen - passed if upcoming else None
        except Exception as error:
            # Without a plan the timer would sleep for ever, so nothing may end this but a new time.
            logger.warning("the ledger could not be read (%s); trying again", error)
            connection.close()
            wait = AGAIN
        if wait is not None:
            self._set(timezone.now() + max(wait, timedelta()))

    def _set(self, moment: datetime) -> None:
        with self._lock:
            if self._wanted is not None and self._wanted <= moment:
                return
            self._wanted = moment
            self._scheduler.add_job(
                self.fire,
                DateTrigger(moment),
                id=JOB,
                replace_existing=True,
                misfire_grace_time=None,
                coalesce=True,
                # The executor has one thread; a kick during a run waits for it instead of being dropped.
                max_instances=100,
                executor="timer",
            )
