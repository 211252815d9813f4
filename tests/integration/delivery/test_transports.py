"""Both transports under the same tests: the clock's own threads, and Celery behind a real Redis or RabbitMQ."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from social_publisher.delivery.due import Due, due
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.delivery.transports import celery as celery_transport
from social_publisher.delivery.transports.base import Transport
from social_publisher.delivery.transports.celery import CeleryTransport
from social_publisher.delivery.transports.thread_pool import ThreadPoolTransport
from social_publisher.models import Attempt, Delivery, RehearsalPost
from tests.factories import approve_unseen, make_channel, make_post
from tests.support.rabbitmq import RabbitMQ, running_rabbitmq
from tests.support.rabbitmq import find_server as rabbitmq_server
from tests.support.redis import Redis, running_redis

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("transports"),
]
ROOT = Path(__file__).resolve().parents[3]


def worker_command() -> list[str]:
    options = ["--pool", "solo", "--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [sys.executable, "-m", "celery", "-A", "campaign_site.celery", "worker", *options]


def database_url() -> str:
    """The test's own database, as another process reaches it."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}"))


Broker = Redis | RabbitMQ
BROKERS = ["on_redis", "on_rabbitmq"]


@contextmanager
def worker(broker: Broker) -> Iterator[None]:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": broker.url,
        "DJANGO_SETTINGS_MODULE": "campaign_site.settings.test",
    }
    process = subprocess.Popen(worker_command(), cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    yield
    process.kill()
    process.wait(10)


@pytest.fixture(scope="module")
def on_redis(django_db_setup: None) -> Iterator[Broker]:
    with running_redis() as broker, worker(broker):
        yield broker


@pytest.fixture(scope="module")
def on_rabbitmq(django_db_setup: None) -> Iterator[Broker]:
    if rabbitmq_server() is None:
        pytest.skip("RabbitMQ is not installed; `make test-rabbitmq` installs it on a Debian")
    with running_rabbitmq() as broker, worker(broker):
        yield broker


@contextmanager
def celery_through(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> Iterator[CeleryTransport]:
    """The transport on this broker, through a connection that is closed at the end."""
    from campaign_site.celery import app

    monkeypatch.setattr(celery_transport, "BELIEVED", 0.0)
    send = celery_transport.carry_batch.apply_async
    with app.connection_for_write(broker.url) as link, app.amqp.Producer(link, auto_declare=False) as out:

        def through_it(*args: Any, **given: Any) -> Any:
            return send(*args, producer=out, **given)

        monkeypatch.setattr(celery_transport.carry_batch, "apply_async", through_it)
        celery = CeleryTransport()
        yield celery
        drain(celery)


def drain(celery: CeleryTransport) -> None:
    """Hand over one more post and see it leave: the one worker takes messages in their order, so it is idle then."""
    last = make_post([make_channel("x")], due_at=ledger_now() + timedelta(milliseconds=200))
    approve_unseen(last)
    wait_until(lambda: bool(due(ledger_now())))
    wait_until(lambda: handed_over(celery))


def handed_over(celery: CeleryTransport) -> bool:
    """Hand over what is due, and see whether all has left; a message may go to a broker that is just gone.

    It is given time to leave: each message handed over once more is one more for the worker to look at.
    """
    celery.carry(due(ledger_now()))
    deadline = time.monotonic() + 3
    while not all_published() and time.monotonic() < deadline:
        time.sleep(0.02)
    return all_published()


@pytest.fixture(params=["thread_pool", *BROKERS])
def transport(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Transport]:
    if request.param in BROKERS:
        with celery_through(request.getfixturevalue(request.param), monkeypatch) as celery:
            yield celery
        return
    threads = ThreadPoolTransport(workers=4)
    yield threads
    threads.close()


def several() -> list[Due]:
    """One post on six channels, due now."""
    channels = [make_channel(name) for name in ("x", "mastodon", "bluesky", "facebook", "linkedin", "telegram")]
    post = make_post(channels, due_at=ledger_now() + timedelta(milliseconds=200))
    approve_unseen(post)
    wait_until(lambda: len(due(ledger_now())) == len(channels))
    return due(ledger_now())


def wait_until(done: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def all_published() -> bool:
    return not Delivery.objects.exclude(state="published").exists()


def test_what_is_due_leaves(transport: Transport) -> None:
    transport.carry(several())
    wait_until(all_published)
    assert RehearsalPost.objects.count() == 6


def test_handing_over_again_and_again_sends_once(transport: Transport) -> None:
    rows = several()
    for _time in range(5):
        transport.carry(rows)
    wait_until(all_published)
    transport.carry(rows)
    wait_until(lambda: not Delivery.objects.filter(state="armed").exists())
    assert RehearsalPost.objects.count() == Attempt.objects.count() == 6


def test_an_unknown_id_is_harmless(transport: Transport) -> None:
    transport.carry([Due(10**12, 1, "rehearsal")])
    transport.carry(several())
    wait_until(all_published)
    assert RehearsalPost.objects.count() == Delivery.objects.count() == 6


def test_handing_over_returns_at_once_and_closing_waits(transport: Transport) -> None:
    rows = several()
    started = time.monotonic()
    transport.carry(rows)
    assert time.monotonic() - started < 5
    if isinstance(transport, CeleryTransport):
        # The worker's connection went with the last test's database, and with it perhaps one message.
        wait_until(lambda: handed_over(transport))
    else:
        transport.close()
        assert not Delivery.objects.filter(state="armed").exists()


@pytest.mark.parametrize("name", BROKERS)
def test_a_broker_that_is_gone_and_comes_back_empty_loses_no_post(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker: Broker = request.getfixturevalue(name)
    with celery_through(broker, monkeypatch) as celery:
        rows = several()
        broker.kill()
        celery.carry(rows)
        assert Delivery.objects.filter(state="waiting").count() == 6
        broker.start()

        wait_until(lambda: handed_over(celery), 60)
        assert RehearsalPost.objects.count() == 6
