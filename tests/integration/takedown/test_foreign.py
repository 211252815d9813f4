"""What an account posted past this system is noticed, once; what merely came late is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError
from django.utils import timezone

from social_publisher.delivery.arm import arm
from social_publisher.delivery.foreign import SettledError, look_around, settle
from social_publisher.delivery.worker import carry
from social_publisher.models import (
    Alert,
    AuditEvent,
    Channel,
    Circuit,
    Delivery,
    ForeignPost,
    Pause,
    RateBudget,
    TimelineWatch,
)
from social_publisher.models.ledger import Event
from tests.factories import make_approver, make_channel, make_delivery
from tests.fakes.http import FakeNetwork
from tests.fakes.install import connected_channel
from tests.integration.delivery.rig import run, send_unsettled

pytestmark = pytest.mark.django_db
Serve = Callable[[str], FakeNetwork]
READABLE = ["mastodon", "bluesky", "facebook", "linkedin"]


@pytest.fixture
def now() -> datetime:
    """The fakes' clock is the wall's: what they took counts as twenty minutes old."""
    return timezone.now() + timedelta(minutes=20)


def watched(serve: Serve, slug: str = "mastodon") -> tuple[FakeNetwork, Channel]:
    """A channel that has been looked at once."""
    fake = serve(slug)
    channel = connected_channel(slug, "selec", fake.base)
    TimelineWatch.objects.create(channel=channel, read_until=timezone.now())
    return fake, channel


def test_nothing_from_before_the_first_look_is_held_against_anybody(serve: Serve, now: datetime) -> None:
    fake = serve("mastodon")
    channel = connected_channel("mastodon", "selec", fake.base)
    fake.put(channel.handle, "From before.", datetime.now(UTC) - timedelta(hours=2))
    assert look_around(now) == 0
    assert TimelineWatch.objects.get().read_until == now


@pytest.mark.parametrize("slug", READABLE)
def test_a_post_from_elsewhere_is_seen_once_and_told(serve: Serve, now: datetime, slug: str) -> None:
    fake, channel = watched(serve, slug)
    run(make_delivery(channel, due_at=timezone.now()))
    by_hand = fake.put(channel.handle, "Free money here!", datetime.now(UTC))
    assert look_around(now) == 1
    post = ForeignPost.objects.get()
    assert (post.channel, post.remote_id, post.words) == (channel, by_hand["id"], "Free money here!")
    alert = Alert.objects.get(kind=Alert.Kind.FOREIGN_POST)
    assert (alert.channel, "Free money here!" in alert.words) == (channel, True)
    assert look_around(now + timedelta(minutes=5)) == 0
    assert Alert.objects.filter(kind=Alert.Kind.FOREIGN_POST).count() == 1
    assert AuditEvent.objects.filter(action="foreign-post.seen").count() == 1


def test_a_thread_of_ours_is_ours(serve: Serve, now: datetime) -> None:
    _fake, channel = watched(serve)
    run(make_delivery(channel, due_at=timezone.now(), text="One.\n---\nTwo.\n---\nThree.", link_url=""))
    assert look_around(now) == 0


@pytest.mark.parametrize("state", ["armed", "unknown", "needs_person"])
def test_a_receipt_that_is_late_raises_no_alarm(serve: Serve, now: datetime, state: str) -> None:
    fake, channel = watched(serve)
    delivery, owner = make_delivery(channel, due_at=timezone.now()), uuid4()
    moment = timezone.now() + timedelta(seconds=1)
    (armed,) = arm([delivery.pk], owner, moment)
    assert send_unsettled(armed, owner, moment).receipt is not None
    if state != "armed":
        Delivery.objects.move(Event.LOST, [delivery.pk], at=moment)
    if state == "needs_person":
        Delivery.objects.move(Event.CANNOT_TELL, [delivery.pk], at=moment)
    assert look_around(timezone.now() + timedelta(minutes=5)) == 0  # too young
    assert look_around(now) == 0
    # It explains one post, and not a second of the same words.
    fake.put(channel.handle, fake.posts[0]["text"], datetime.now(UTC))
    assert look_around(now + timedelta(minutes=5)) == (0 if state == "armed" else 1)


LONG = (
    "Smuggled tobacco pays for weapons, for people held in debt, and for worse: learn to know it. @selec@example.org "
    "#FightIllicitTrade “Εμπόριο”, «контрабанда» & more; as long as any network lets it be."
)


@pytest.mark.parametrize("slug", READABLE)
def test_only_all_of_its_words_explain_a_post_without_a_receipt(serve: Serve, now: datetime, slug: str) -> None:
    fake, channel = watched(serve, slug)
    delivery, owner = make_delivery(channel, due_at=timezone.now(), text=LONG, link_url=""), uuid4()
    moment = timezone.now() + timedelta(seconds=1)
    (armed,) = arm([delivery.pk], owner, moment)
    assert send_unsettled(armed, owner, moment).receipt is not None
    Delivery.objects.move(Event.LOST, [delivery.pk], at=moment)
    fake.put(channel.handle, LONG[:150] + "win a prize: example.org/prize", datetime.now(UTC))
    assert look_around(now) == 1
    assert "prize" in ForeignPost.objects.get().words


def test_what_a_person_found_under_another_kind_of_address_is_ours(serve: Serve, now: datetime) -> None:
    _fake, channel = watched(serve, "linkedin")
    delivery = run(make_delivery(channel, due_at=timezone.now()))
    Delivery.objects.filter(pk=delivery.pk).update(
        remote_id="urn:li:activity:1", remote_url="https://www.linkedin.com/feed/update/urn:li:activity:1/"
    )
    assert look_around(now) == 0


def test_what_is_younger_than_the_grace_is_looked_at_the_next_time(serve: Serve, now: datetime) -> None:
    fake, channel = watched(serve)
    fake.put(channel.handle, "Young.", datetime.now(UTC) + timedelta(minutes=15))
    assert look_around(now) == 0
    assert look_around(now + timedelta(minutes=10)) == 1


def test_sending_comes_first(serve: Serve, now: datetime) -> None:
    fake, channel = watched(serve)
    make_delivery(channel, due_at=now + timedelta(seconds=40))
    calls = len(fake.calls)
    assert look_around(now) == 0
    assert len(fake.calls) == calls
    Pause.objects.create(channel=channel, reason="Held", paused_at=now)  # what is held does not leave
    look_around(now)
    assert len(fake.calls) > calls


@pytest.mark.parametrize("trouble", ["limited", "circuit"])
def test_a_service_in_trouble_is_left_alone(serve: Serve, now: datetime, trouble: str) -> None:
    fake, channel = watched(serve)
    until = now + timedelta(minutes=5)
    if trouble == "limited":
        RateBudget.objects.create(key=f"channel:{channel.pk}", blocked_until=until)
    else:
        Circuit.objects.create(service=channel.adapter.service(channel.account), failures=9, open_until=until)
    look_around(now)
    assert fake.calls == []


def test_what_cannot_be_read_is_said_and_holds_back_no_other(serve: Serve, now: datetime) -> None:
    broken, channel = watched(serve, "mastodon")
    broken.control({"revoke": True})
    other, second = watched(serve, "facebook")
    other.put("selec", "Free money here!", datetime.now(UTC))
    assert look_around(now) == 1
    watch = TimelineWatch.objects.get(channel=channel)
    assert (watch.problem != "", watch.read_until < now - timedelta(minutes=15)) == (True, True)
    assert TimelineWatch.objects.get(channel=second).problem == ""
    assert not Pause.objects.exists()


@pytest.mark.parametrize("slug", ["telegram", "x"])
def test_where_nobody_can_read_that_is_said(serve: Serve, now: datetime, slug: str) -> None:
    fake, _channel = watched(serve, slug)
    assert look_around(now) == 0
    assert fake.calls == []
    assert "does not let" in TimelineWatch.objects.get().problem


def test_a_rehearsal_is_not_watched(now: datetime) -> None:
    make_channel()
    assert look_around(now) == 0
    assert not TimelineWatch.objects.exists()


def test_it_was_us_is_said_once(serve: Serve, now: datetime) -> None:
    fake, channel = watched(serve)
    fake.put(channel.handle, "By hand.", datetime.now(UTC))
    look_around(now)
    post, person = ForeignPost.objects.get(), make_approver()
    settle(post, person, " From the phone. ")
    post.refresh_from_db()
    assert (post.settled_by, post.note) == (person, "From the phone.")
    with pytest.raises(SettledError):
        settle(post, make_approver(), "")


def test_a_recalled_post_and_its_correction_are_ours(serve: Serve, now: datetime) -> None:
    from social_publisher.delivery.recall import carry_steps
    from social_publisher.delivery.takedown import take_down
    from tests.factories import make_correction

    fake, channel = watched(serve)
    delivery = run(make_delivery(channel, due_at=timezone.now()))
    correction: Any = make_correction(delivery.post.campaign)
    takedown = take_down(delivery.post, make_approver(), "Wrong.", correction=correction)
    carry_steps()
    carry(list(takedown.correction_post.deliveries.values_list("pk", flat=True)))
    assert [post["gone"] for post in fake.posts] == [True, False]
    assert look_around(now) == 0


def test_what_cannot_be_written_down_holds_back_no_other(serve: Serve, now: datetime) -> None:
    fake, channel = watched(serve)
    fake.put(channel.handle, "Free \0money here!", datetime.now(UTC))
    assert look_around(now) == 1
    assert ForeignPost.objects.get().words == "Free money here!"


def test_a_timeline_that_cannot_be_kept_is_said(serve: Serve, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    fake, channel = watched(serve)
    fake.put(channel.handle, "Free money here!", datetime.now(UTC))

    def fail(*_: Any) -> Any:
        raise DataError("value too long")

    monkeypatch.setattr("social_publisher.delivery.foreign._unexplained", fail)
    assert look_around(now) == 0
    assert TimelineWatch.objects.get().problem
