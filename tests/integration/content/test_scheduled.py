"""Publishing at a set time, while something about it fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Revision
from wagtail.signals import page_published

from content.pages import NewsPage
from content.publishing.models import ScheduledPublication
from content.publishing.scheduled import BEGUN_FOR, publish_due, tell_again
from tests.factories import make_image
from tests.pages import make_home, make_news

pytestmark = pytest.mark.django_db

State = ScheduledPublication.State


class Receiver:
    """Somebody who waits for publications, and fails as often as told for one page."""

    def __init__(self) -> None:
        self.told: list[int] = []
        self.fails_for: int | None = None

    def hear(self, sender: Any, instance: Any, **kwargs: Any) -> None:
        if instance.pk == self.fails_for:
            raise RuntimeError("the other system is away")
        self.told.append(instance.pk)


@pytest.fixture
def first() -> Iterator[Receiver]:
    receiver = Receiver()
    page_published.connect(receiver.hear, dispatch_uid="test-first")
    yield receiver
    page_published.disconnect(dispatch_uid="test-first")


@pytest.fixture
def second(first: Receiver) -> Iterator[Receiver]:
    receiver = Receiver()
    page_published.connect(receiver.hear, dispatch_uid="test-second")
    yield receiver
    page_published.disconnect(dispatch_uid="test-second")


def scheduled(parent: Any, minutes_ago: int, **fields: Any) -> NewsPage:
    """A page whose time came so many minutes ago."""
    page = make_news(parent, live=False, **fields)
    when = timezone.now() - timedelta(minutes=minutes_ago)
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=when)
    return page


def is_live(page: NewsPage) -> bool:
    return NewsPage.objects.get(pk=page.pk).live


def test_a_failing_receiver_stops_neither_its_page_nor_the_next(first: Receiver, second: Receiver) -> None:
    home = make_home()
    broken, sound = scheduled(home, 9), scheduled(home, 5)
    first.told, second.told, first.fails_for = [], [], broken.pk
    publish_due(timezone.now())
    assert is_live(broken)
    assert is_live(sound)
    assert first.told == [sound.pk]
    # Those behind the failing one were told all the same.
    assert set(second.told) == {broken.pk, sound.pk}
    row = ScheduledPublication.objects.get()
    assert (row.state, row.revision.object_id) == (State.UNTOLD, str(broken.pk))
    assert "the other system is away" in row.reason


def test_what_was_missed_is_found_and_told_once_more(first: Receiver) -> None:
    page = scheduled(make_home(), 9)
    first.fails_for = page.pk
    now = timezone.now()
    publish_due(now)
    assert tell_again(now + timedelta(seconds=10)) == 0
    first.fails_for, first.told = None, []
    assert tell_again(now + timedelta(minutes=1)) == 1
    assert first.told == [page.pk]
    assert not ScheduledPublication.objects.exists()


def test_a_refused_page_stays_scheduled_with_the_reason_and_stops_no_other() -> None:
    home = make_home()
    refused, sound = scheduled(home, 9, image=make_image(licence="")), scheduled(home, 5)
    now = timezone.now()
    publish_due(now)
    assert (is_live(refused), is_live(sound)) == (False, True)
    row = ScheduledPublication.objects.get()
    assert row.state == State.REFUSED
    assert "no licence" in row.reason
    assert row.revision.approved_go_live_at is not None
    image = NewsPage.objects.get(pk=refused.pk).image
    image.licence = "CC0"
    image.save()
    publish_due(now + timedelta(minutes=1))
    assert is_live(refused)
    assert not ScheduledPublication.objects.exists()


def test_what_a_dead_process_left_is_told(first: Receiver) -> None:
    """It died after the page was live, before anybody was told."""
    page = make_news()
    revision = page.live_revision
    began = timezone.now() - BEGUN_FOR
    ScheduledPublication.objects.create(revision=revision, due_at=began, next_attempt_at=began + BEGUN_FOR)
    first.told = []
    publish_due(timezone.now())
    assert first.told == [page.pk]
    assert not ScheduledPublication.objects.exists()


def test_what_a_dead_process_left_unpublished_is_published() -> None:
    """It died after the schedule was taken away, before the page was saved."""
    page = scheduled(make_home(), 9)
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    began = timezone.now() - BEGUN_FOR
    ScheduledPublication.objects.create(
        revision=revision, due_at=revision.approved_go_live_at, next_attempt_at=began + BEGUN_FOR
    )
    Revision.objects.update(approved_go_live_at=None)
    publish_due(timezone.now())
    publish_due(timezone.now())
    assert is_live(page)
    assert not ScheduledPublication.objects.exists()
