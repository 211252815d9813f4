"""The promise of being on time: what counts as kept, as broken, and as neither."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from social_publisher.delivery import pausing
from social_publisher.engagement.periods import Period, today
from social_publisher.models import Delivery, Launch, Pause, Post
from social_publisher.models.ledger import Event
from social_publisher.reports.service_level import Lateness, Level, broken, by_day, by_network, judged, lateness
from tests.factories import make_approver, make_channel, make_delivery, make_editor

pytestmark = pytest.mark.django_db
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
# The ways there that the database allows, where there are several steps.
WAYS = {
    "failed": ["armed", "failed"],
    "unknown": ["armed", "unknown"],
    "needs_person": ["armed", "unknown", "needs_person"],
}


def row(state: str = "published", late: float | None = None, **fields: Any) -> Delivery:
    """A delivery that was due when it had just been approved, and became this."""
    delivery, due = make_delivery(**fields), timezone.now()
    out = None if late is None else due + timedelta(seconds=late)
    times = {"due_at": due, "next_at": due, "cut_off_at": due + 2 * HOUR, "published_at": out}
    for step in WAYS.get(state, [state]):
        owner = {"owner": uuid4(), "lease_until": due + HOUR} if step == "armed" else {}
        Delivery.objects.filter(pk=delivery.pk).update(state=step, **times, **owner)
    return Delivery.objects.get(pk=delivery.pk)


def seen(networks: list[str] | None = None) -> QuerySet[Delivery]:
    """What is judged three hours later."""
    return judged(Period(today() - timedelta(days=7), today() + timedelta(days=1)), timezone.now() + 3 * HOUR, networks)


def level() -> Level:
    return Level.sum(by_day(seen()).values())


def test_each_post_has_one_verdict() -> None:
    for late in (0, 4.9, 5.1, 60):
        row(late=late)
    for state in ("missed", "failed", "unknown", "needs_person", "waiting", "cancelled"):
        row(state)
    later, soon = row("waiting"), row("waiting")
    Delivery.objects.filter(pk=later.pk).update(due_at=timezone.now() + 4 * HOUR)
    Delivery.objects.filter(pk=soon.pk).update(due_at=timezone.now() + 3 * HOUR - SECOND)
    found = level()
    assert found == Level(on_time=2, late=3, missed=1, unknown=2, refused=1)
    assert found.promised == 8
    assert found.rate == 0.25
    assert not found.is_kept


def test_nothing_due_breaks_no_promise() -> None:
    assert level() == Level()
    assert level().rate is None
    assert level().is_kept
    assert lateness(seen()) == Lateness(None, None)


@pytest.mark.parametrize("scope", ["channel", "campaign", "everything"])
def test_what_staff_paused_is_held_and_what_a_lost_permission_paused_is_late(scope: str) -> None:
    held, person = row(late=600), make_approver()
    here = {"channel": {"channel": held.channel}, "campaign": {"campaign": held.post.campaign}, "everything": {}}[scope]
    pausing.pause(**here, reason="Incident", user=person)
    pausing.resume(**here, user=person)

    def paused(first: timedelta, last: timedelta | None, by: Any = person) -> Level:
        lifted = last if last is None else held.due_at + last
        Pause.objects.update(paused_by=by, paused_at=held.due_at + first, lifted_at=lifted)
        return level()

    assert paused(-HOUR, 600 * SECOND) == Level(held=1)
    assert paused(300 * SECOND, None) == Level(held=1)
    assert paused(-HOUR, 600 * SECOND, by=None) == Level(late=1)
    assert paused(-HOUR, -600 * SECOND) == Level(late=1)
    assert paused(HOUR, None) == Level(late=1)


def test_a_pause_elsewhere_excuses_nothing() -> None:
    row(late=600)
    pausing.pause(channel=make_channel(), reason="Incident", user=make_approver())
    Pause.objects.update(paused_at=timezone.now() - HOUR)
    assert level() == Level(late=1)


def test_nothing_is_late_before_it_may_leave() -> None:
    approved_late, launched, waits = row(late=1), row(late=601), row("waiting")
    Delivery.objects.filter(pk=approved_late.pk).update(due_at=approved_late.due_at - HOUR)
    seen_live = Launch.objects.create(page_id=1, seen_live_at=launched.due_at + 600 * SECOND)
    Post.objects.filter(pk=launched.post_id).update(launch=seen_live)
    Post.objects.filter(pk=waits.post_id).update(launch=Launch.objects.create(page_id=2))
    assert level() == Level(on_time=2, held=1)
    assert lateness(seen()).slowest == pytest.approx(1.0, abs=0.5)


def test_what_could_once_not_be_told_stays_counted_after_it_is_found() -> None:
    delivery, objects, now = row("waiting"), Delivery.objects, timezone.now()
    assert objects.move(Event.ARM, [delivery.pk], at=now, owner=uuid4(), lease_until=now + HOUR)
    assert objects.move(Event.LOST, [delivery.pk], at=now)
    assert level() == Level(unknown=1, asked=1)
    assert objects.move(Event.FOUND, [delivery.pk], at=now, published_at=delivery.due_at + SECOND)
    assert level() == Level(on_time=1, asked=1)


def test_days_and_networks_add_up_to_the_same() -> None:
    row(late=1)
    earlier = row(late=100)
    Delivery.objects.filter(pk=earlier.pk).update(due_at=earlier.due_at - timedelta(days=2))
    assert len(by_day(seen())) == 2
    assert Level.sum(by_network(seen()).values()) == Level.sum(by_day(seen()).values()) == Level(on_time=1, late=1)
    assert by_network(seen(["mastodon"])) == {}
    assert broken(seen(), 10) == [earlier]


def test_the_screen_says_the_promise_and_every_post_that_broke_it() -> None:
    row(late=1)
    late, missed = row(late=61), row("missed")
    client = Client()
    client.force_login(make_editor())
    html = client.get(reverse("social_service_level:index"), {"days": "7"}).content.decode()
    assert "Promise broken" in html
    assert "33.3%" in html
    assert "It left 61 seconds after its time." in html
    for delivery in (late, missed):
        assert reverse("wagtailsnippets_social_publisher_post:edit", args=[delivery.post_id]) in html
    assert client.get(reverse("social_service_level:index"), {"days": "9" * 30}).status_code == 200
