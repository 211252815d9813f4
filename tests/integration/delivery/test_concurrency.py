"""Several processes at once, each with a connection of its own."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from social_publisher.delivery.worker import carry
from social_publisher.models import Attempt, Delivery, RehearsalPost
from tests.factories import approve, make_channel, make_post

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_workers_with_the_same_ids_send_each_post_once() -> None:
    post = make_post([make_channel(name) for name in ("x", "mastodon", "bluesky", "facebook", "linkedin", "telegram")])
    approve(post)
    ids = list(Delivery.objects.values_list("pk", flat=True))
    now = post.due_at + timedelta(seconds=1)
    ready = threading.Barrier(4)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            ready.wait(10)
            for _round in range(3):
                carry(ids, clock=lambda: now)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failures
    assert RehearsalPost.objects.count() == len(ids) == Attempt.objects.count()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"published"}


def test_a_batch_is_two_commits() -> None:
    """With nothing on the network in between but the wall, whose own writes are the network's."""
    post = make_post([make_channel(name) for name in ("x", "mastodon", "bluesky", "facebook")])
    approve(post)
    ids = list(Delivery.objects.values_list("pk", flat=True))
    commits: list[str] = []
    with CaptureQueriesContext(connection) as queries:
        assert carry(ids, clock=lambda: post.due_at + timedelta(seconds=1)) == 4
    for query in queries:
        if query["sql"] == "BEGIN":
            commits.append("")
        elif query["sql"].lstrip().startswith(("INSERT", "UPDATE")) and commits:
            commits[-1] += query["sql"]
    ours = [sql for sql in commits if sql and "social_publisher_rehearsalpost" not in sql]
    assert len(ours) == 2
