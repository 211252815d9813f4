from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from django.db import connection
from django.utils import timezone

from social_publisher.clock.jobs import Job, guarded, interval_jobs
from social_publisher.clock.leader import Leader
from social_publisher.clock.listener import Listener
from social_publisher.clock.timer import DueTimer
from social_publisher.delivery import pausing
from social_publisher.delivery.due import AHEAD, Due
from social_publisher.delivery.transports import Transport
from social_publisher.models import Delivery
from tests.factories import make_channel, make_delivery, make_user

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 10.0


class Recording(Transport):
    """A transport that remembers what it was given and when."""

    def __init__(self) -> None:
        self.given: list[int] = []
        self.called = threading.Event()

    def carry(self, rows: Sequence[Due]) -> None:
        self.given += [row.pk for row in rows]
        self.called.set()

    def close(self) -> None:
        self.called.set()


@pytest.fixture
def scheduler() -> Iterator[BackgroundScheduler]:
    made = BackgroundScheduler(executors={"timer": ThreadPoolExecutor(1)}, timezone="UTC")
    made.start()
    yield made
    # The one thread of the timer closes its own connection, so that the database can be flushed.
    closed = threading.Event()

    def close() -> None:
        connection.close()
        closed.set()

    made.remove_all_jobs()
    made.add_job(close, executor="timer")
    assert closed.wait(SOON)
    made.shutdown()


def test_the_timer_hands_over_at_the_due_time(scheduler: BackgroundScheduler) -> None:
    delivery = make_delivery()
    Delivery.objects.update(next_at=timezone.now() + timedelta(milliseconds=300))
    transport = Recording()
    DueTimer(scheduler, transport).kick()
    assert transport.called.wait(SOON)
    assert transport.given[0] == delivery.pk
    assert timezone.now() >= Delivery.objects.get().next_at - AHEAD


def test_a_new_delivery_moves_the_timer_by_notification(scheduler: BackgroundScheduler) -> None:
    transport = Recording()
    timer = DueTimer(scheduler, transport)
    listening = threading.Event()

    def heard() -> None:
        listening.set()
        timer.kick()

    listener = Listener(heard)
    listener.start()
    try:
        assert listening.wait(SOON)
        delivery = make_delivery()
        Delivery.objects.update(next_at=timezone.now())
        assert transport.called.wait(SOON)
        assert delivery.pk in transport.given
    finally:
        listener.stop()


def test_resuming_wakes_the_clock(scheduler: BackgroundScheduler) -> None:
    channel, staff = make_channel(), make_user("Approvers")
    delivery = make_delivery(channel)
    pausing.pause(channel=channel, reason="Incident", user=staff)
    Delivery.objects.update(next_at=timezone.now())
    transport = Recording()
    timer = DueTimer(scheduler, transport)
    listener = Listener(timer.kick)
    listener.start()
    try:
        timer.fire()
        assert transport.given == []
        pausing.resume(channel=channel, user=staff)
        assert transport.called.wait(SOON)
        assert delivery.pk in transport.given
    finally:
        listener.stop()


def test_one_clock_leads_and_another_takes_over() -> None:
    first, second = Leader(), Leader()
    try:
        for _handover in range(10):
            assert first.leads()
            assert first.leads()
            assert not second.leads()
            first.resign()
            assert second.leads()
            second.resign()
    finally:
        first.resign()
        second.resign()


def test_interval_jobs_run_on_the_leader_alone_and_survive_a_failure() -> None:
    ran: list[str] = []

    def fail() -> None:
        ran.append("job")
        raise ValueError("a broken job")

    first, second = Leader(), Leader()
    try:
        job = Job("job", 1.0, fail)
        guarded(job, first)()
        guarded(job, second)()
        guarded(job, first)()
    finally:
        first.resign()
        second.resign()
    assert ran == ["job", "job"]


def test_every_interval_job_runs() -> None:
    kicks: list[bool] = []
    for job in interval_jobs(lambda: kicks.append(True)):
        job.work()
    assert kicks == [True]
