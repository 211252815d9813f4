"""Publishing is heard by every process at once, through PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from campaign_site.page_cache.watch import Watch
from content.pages import HomePage
from social_publisher.models import Delivery
from tests.factories import make_delivery


@pytest.fixture
def heard(transactional_db: None) -> Iterator[list[str]]:
    """What a watch on this database hears, once it listens."""
    words: list[str] = []
    watch = Watch(lambda: words.append("outdate"), lambda: words.append("withdraw"))
    watch.start()
    assert within(lambda: watch.is_trusted(time.monotonic()))
    words.clear()
    yield words
    watch.stop()


def within(done: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether it comes true in time."""
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.01)
    return done()


@pytest.mark.django_db(transaction=True)
def test_a_change_of_content_is_heard(heard: list[str]) -> None:
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=HomePage(title="A home", slug="a-home"))
    assert within(lambda: "outdate" in heard)
    heard.clear()
    page.unpublish()
    assert within(lambda: "withdraw" in heard)


@pytest.mark.django_db(transaction=True)
def test_a_post_that_is_out_or_taken_back_is_heard(heard: list[str]) -> None:
    row = Delivery.objects.filter(pk=make_delivery().pk)
    now = timezone.now()
    row.update(state="armed", owner=uuid4(), lease_until=now)
    heard.clear()
    row.update(state="published", published_at=now, owner=None, lease_until=None)
    assert within(lambda: "outdate" in heard)
    row.update(state="recalled")
    assert within(lambda: "withdraw" in heard)


@pytest.mark.django_db(transaction=True)
def test_a_watch_that_loses_the_database_says_so_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    words: list[str] = []
    watch = Watch(lambda: words.append("outdate"), lambda: words.append("withdraw"))
    watch.start()
    assert within(lambda: watch.is_trusted(time.monotonic()))
    words.clear()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE content_stamp SET value = gen_random_uuid()")
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN content%' OR "
                       "(query LIKE '%content_stamp%' AND pid <> pg_backend_pid())")  # fmt: skip
    assert within(lambda: "withdraw" in words)
    assert within(lambda: not watch.is_down)
    watch.stop()
