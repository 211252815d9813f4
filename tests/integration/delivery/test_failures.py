"""A dead name server, a network that never answers, a clock that is wrong: what the ledger and the desk then say."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from social_publisher.delivery.due import due
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.delivery.recover import expire_leases
from social_publisher.delivery.transports.thread_pool import ThreadPoolTransport
from social_publisher.delivery.worker import carry
from social_publisher.models import Attempt, Delivery, RehearsalPost
from social_publisher.networks import registry
from social_publisher.networks.base import Account, Outgoing, Receipt
from social_publisher.networks.rehearsal import RehearsalNetwork
from social_publisher.rehearsal.store import DatabaseWall
from tests.factories import make_channel, make_delivery, make_editor
from tests.fakes.http import FakeNetwork
from tests.fakes.install import connected_channel

SOON = timedelta(seconds=1)


def queue() -> str:
    client = Client()
    client.force_login(make_editor())
    return client.get(reverse("social_queue:index")).content.decode()


@pytest.mark.django_db
def test_with_a_dead_name_server_posts_wait_and_leave_once_it_is_back(
    serve: Callable[[str], FakeNetwork], monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = serve("mastodon")
    channel = connected_channel("mastodon", "selec", fake.base.replace("127.0.0.1", "localhost"))
    delivery, real, dead = make_delivery(channel), socket.getaddrinfo, True

    def asked(host: Any, *args: Any, **given: Any) -> Any:
        if dead and host == "localhost":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return real(host, *args, **given)

    monkeypatch.setattr(socket, "getaddrinfo", asked)
    moment = delivery.due_at + SOON
    carry([delivery.pk], clock=lambda: moment)
    delivery.refresh_from_db()
    assert delivery.state == "waiting", "nothing left, so nothing is in question"
    assert delivery.next_at > moment
    assert "could not be reached" in delivery.reason
    assert "could not be reached" in queue()
    assert Attempt.objects.get().outcome == Attempt.Outcome.TEMPORARY
    dead = False
    later = delivery.next_at + SOON
    carry([delivery.pk], clock=lambda: later)
    delivery.refresh_from_db()
    assert delivery.state == "published"
    assert len(fake.posts) == 1


class Hanging(RehearsalNetwork):
    """Takes a channel's call and does not answer until it is let go."""

    def __init__(self, handle: str) -> None:
        super().__init__(DatabaseWall())
        self.handle, self.asked, self.let_go = handle, threading.Event(), threading.Event()

    def send(self, account: Account, post: Outgoing) -> Receipt:
        if account.handle == self.handle:
            self.asked.set()
            self.let_go.wait(60)
        return super().send(account, post)


@pytest.mark.django_db(transaction=True)
def test_a_network_that_hangs_keeps_nobody_else_waiting_and_its_post_is_in_question_and_not_sent_again() -> None:
    usual, stuck, free = registry.get("rehearsal"), make_channel(handle="stuck"), make_channel(handle="free")
    network = Hanging("stuck")
    registry.register(network)
    hung, others = make_delivery(stuck), [make_delivery(free) for _post in range(5)]
    Delivery.objects.update(due_at=timezone.now() - SOON, next_at=timezone.now() - SOON)
    transport = ThreadPoolTransport(2)
    try:
        transport.carry(due(ledger_now(), 100))
        assert network.asked.wait(30)
        for _wait in range(300):
            if Delivery.objects.filter(pk__in=[row.pk for row in others], state="published").count() == len(others):
                break
            threading.Event().wait(0.1)
        states = dict(Delivery.objects.values_list("pk", "state"))
        assert [states[row.pk] for row in others] == ["published"] * 5
        assert states[hung.pk] == "armed"
        expire_leases(ledger_now() + timedelta(hours=1))
        hung.refresh_from_db()
        assert hung.state == "unknown", "nobody sends again what may have been taken"
    finally:
        network.let_go.set()
        transport.close()
        registry.register(usual)
    hung.refresh_from_db()
    assert hung.state == "published", "the answer came late, and it counts"
    assert RehearsalPost.objects.filter(key__in=hung.attempts.values("idempotency_key")).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("skew", [timedelta(hours=5), -timedelta(hours=5)])
def test_a_machine_whose_clock_is_wrong_sends_nothing_early_or_late(
    skew: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger's time is the database's."""
    now = timezone.now()
    waits, is_due = make_delivery(), make_delivery()
    Delivery.objects.filter(pk=waits.pk).update(next_at=now + timedelta(hours=1))
    Delivery.objects.filter(pk=is_due.pk).update(next_at=now - SOON)
    monkeypatch.setattr(timezone, "now", lambda: now + skew)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        told = cursor.fetchone()[0]
    assert abs(ledger_now() - told) < timedelta(minutes=1)
    assert [row.pk for row in Delivery.objects.due(ledger_now())] == [is_due.pk]
