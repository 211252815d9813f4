"""Killing every process with -9 at a bad moment: what is due still leaves, and leaves once."""

from __future__ import annotations

import time
from typing import Any

import psutil
import pytest

from tests.bench.clicks import COUNT, LINK
from tests.support.followers import follow
from tests.support.product import Product

# A second later, a post is due on two channels.
DUE_POST = """
import json
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.utils import timezone
from content.records import Campaign
from social_publisher.models import Channel, Post, Variant
from social_publisher.starter.posts import FUNDING, approve_as
Channel.objects.update(min_interval=0)  # one post after the other, as fast as they are made
users = {user.username: user for user in get_user_model().objects.all()}
post = Post(campaign=Campaign.objects.get(), text="Killed on the way." + FUNDING, live=False,
            due_at=timezone.now() + timedelta(seconds=SECONDS))
post.variants = [Variant(channel=channel) for channel in Channel.objects.all()[:2]]
post.save()
post.save_revision(user=users["editor"])
approve_as(post, users["editor"], users["approver"])
print(json.dumps(post.pk))
"""

RECORD = """
import json
from social_publisher.models import Delivery, RehearsalPost
states = list(Delivery.objects.filter(post_id=POST).values_list("state", flat=True))
keys = set(Delivery.objects.filter(post_id=POST).values_list("attempts__idempotency_key", flat=True)) - {None}
on_the_wall = RehearsalPost.objects.filter(text__startswith="Killed on the way.", key__in=keys).count()
print(json.dumps([states, on_the_wall]))
"""


def settled(product: Product, post: int) -> Any:
    """Wait until both deliveries are out and return what the ledger and the wall say."""
    deadline = time.monotonic() + 60
    while True:
        states, on_the_wall = product.ask(RECORD.replace("POST", str(post)))
        if set(states) == {"published"} or time.monotonic() > deadline:
            return states, on_the_wall
        time.sleep(0.5)


@pytest.mark.parametrize("seconds", [2, 4])
def test_everything_killed_while_a_post_is_due(product: Product, seconds: int) -> None:
    post = product.ask(DUE_POST.replace("SECONDS", str(seconds)))
    product.kill()
    assert not product.processes()
    product.start()
    assert settled(product, post) == (["published", "published"], 2)


def test_the_clock_alone_killed_again_and_again(product: Product) -> None:
    post = product.ask(DUE_POST.replace("SECONDS", "1"))
    for _kill in range(4):
        for process in product.processes():
            if is_clock(process):
                process.kill()
        time.sleep(0.7)
    assert settled(product, post) == (["published", "published"], 2)


def test_the_launcher_alone_killed_leaves_nothing_running(product: Product) -> None:
    children = [process for process in product.processes() if "postgres" not in process.name()]
    assert product.process is not None
    product.process.kill()
    product.process.wait(10)
    _gone, left = psutil.wait_procs([process for process in children if process.pid != product.process.pid], timeout=20)
    assert left == []
    product.start()


def test_ctrl_c_stops_everything_and_a_second_run_keeps_all_data(product: Product) -> None:
    post = product.ask(DUE_POST.replace("SECONDS", "1"))
    assert settled(product, post) == (["published", "published"], 2)
    assert product.stop() == 0
    assert product.processes() == []
    product.start()
    assert settled(product, post) == (["published", "published"], 2)
    assert product.output.count("Demo sign-ins") >= 1


def test_a_second_run_on_the_same_folder_is_refused_in_one_sentence(product: Product) -> None:
    other, said = Product(product.folder), len(product.output)
    with pytest.raises(AssertionError, match="in use by another run"):
        other.start()
    assert "Traceback" not in product.output[said:]


def is_clock(process: psutil.Process) -> bool:
    """Whether it is a clock; one that has ended meanwhile, such as a server process of the database, is none."""
    try:
        return "clock" in process.cmdline()
    except psutil.NoSuchProcess:
        return False


def test_a_kill_loses_at_most_the_last_seconds_clicks(product: Product) -> None:
    path = product.ask(LINK)
    follow(product.port, path, 20, 1)
    before = time.monotonic()
    while product.ask(COUNT) < 20 and time.monotonic() < before + 30:
        time.sleep(0.2)
    assert product.ask(COUNT) == 20
    found = follow(product.port, path, 100, 3)
    killed = time.monotonic()
    product.kill()
    product.start()
    assert found.answered_before(killed - 1) <= product.ask(COUNT) - 20 <= len(found.clicks)
