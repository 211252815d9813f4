"""When posts are read, what it may take, and what is noticed by the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from social_publisher.delivery.worker import carry
from social_publisher.engagement.cadence import READ_FOR
from social_publisher.engagement.collect import collect
from social_publisher.models import (
    Alert,
    AuditEvent,
    Channel,
    Delivery,
    EngagementSnapshot,
    ReadingTally,
    RehearsalLike,
    RehearsalPost,
    Takedown,
    TakedownStep,
)
from social_publisher.models.ledger import Event
from social_publisher.networks import registry
from social_publisher.networks.base import Engagement, RateLimit, Reading, Scope
from social_publisher.networks.errors import RateLimitedError, TemporaryError
from tests.factories import make_channel, make_delivery, make_user

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Asked:
    """What the network was asked, and what it is made to do."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []
        self.told: dict[str, Engagement] = {}
        self.gone: set[str] = set()
        self.error: Exception | None = None

    def read(self, _account: Any, remote_ids: list[str]) -> dict[str, Engagement]:
        """As an adapter answers."""
        if self.error:
            raise self.error
        self.calls.append(list(remote_ids))
        return {one: self.told.get(one, Engagement(likes=0)) for one in remote_ids if one not in self.gone}


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The rehearsal wall, counted like a live network: three posts a call."""
    adapter, asked = registry.get("rehearsal"), Asked()
    reading = Reading(posts_a_call=3, least=5 * MINUTE)
    monkeypatch.setattr(adapter, "capabilities", replace(adapter.capabilities, live=True, reading=reading))
    monkeypatch.setattr(adapter, "read_engagement", asked.read)
    return asked


def reading_is(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    adapter = registry.get("rehearsal")
    reading = replace(adapter.capabilities.reading, **changes)
    monkeypatch.setattr(adapter, "capabilities", replace(adapter.capabilities, reading=reading))


def published(channel: Channel | None = None, **fields: Any) -> Delivery:
    delivery = make_delivery(channel or make_channel(min_interval=0), **fields)
    carry([delivery.pk], clock=lambda: delivery.due_at)
    delivery.refresh_from_db()
    return delivery


def read_at(delivery: Delivery) -> datetime:
    """When it is read next."""
    delivery.refresh_from_db()
    assert delivery.next_reading_at is not None
    return delivery.next_reading_at


def test_a_new_post_is_read_soon_then_seldom_and_after_ninety_days_no_more(network: Asked) -> None:
    delivery = published()
    out = delivery.published_at
    assert out is not None
    assert collect(out) == 0
    moments: list[datetime] = []
    for _reading in range(100):
        delivery.refresh_from_db()
        if delivery.next_reading_at is None:
            break
        moments.append(delivery.next_reading_at)
        collect(delivery.next_reading_at)
    apart = [later - earlier for earlier, later in zip([out, *moments], moments, strict=False)]
    assert apart[0] <= 20 * MINUTE + 5 * MINUTE
    assert max(apart) <= 3 * DAY
    assert out + READ_FOR - 3 * DAY <= moments[-1] <= out + READ_FOR + 3 * DAY
    assert len(network.calls) == len(moments) < 90
    collect(out + READ_FOR + 10 * DAY)
    assert len(network.calls) == len(moments)


def test_posts_of_one_channel_share_a_call_up_to_the_networks_batch(network: Asked) -> None:
    channel = make_channel(min_interval=0)
    rows = [published(channel) for _post in range(7)]
    collect(timezone.now())
    collect(max(read_at(row) for row in rows))
    assert sorted(len(call) for call in network.calls) == [1, 3, 3]
    assert {one for call in network.calls for one in call} == {row.remote_id for row in rows}


def test_nothing_is_asked_beside_a_post_that_is_about_to_leave(network: Asked) -> None:
    delivery = published()
    collect(timezone.now())
    moment = read_at(delivery)
    waiting = make_delivery(delivery.channel)
    Delivery.objects.filter(pk=waiting.pk).update(next_at=moment + timedelta(seconds=30))
    collect(moment)
    assert network.calls == []
    Delivery.objects.filter(pk=waiting.pk).update(next_at=moment + HOUR)
    collect(moment)
    assert len(network.calls) == 1


def test_what_a_call_told_is_kept_when_the_next_one_fails(network: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = make_channel(min_interval=0)
    rows = [published(channel) for _post in range(4)]
    collect(timezone.now())
    moment = max(read_at(row) for row in rows)

    def fail_later(account: Any, remote_ids: list[str]) -> dict[str, Engagement]:
        if network.calls:
            raise RateLimitedError("Slow down.", timedelta(minutes=40))
        return network.read(account, remote_ids)

    monkeypatch.setattr(registry.get("rehearsal"), "read_engagement", fail_later)
    assert collect(moment) == 3
    assert EngagementSnapshot.objects.count() == 3
    monkeypatch.setattr(registry.get("rehearsal"), "read_engagement", network.read)
    assert collect(moment + 39 * MINUTE) == 0
    assert collect(moment + 41 * MINUTE) == 1


def test_a_network_that_fails_leaves_the_others_alone(network: Asked) -> None:
    broken, fine = published(), published()
    Channel.objects.filter(pk=broken.channel_id).update(network="gone")
    collect(timezone.now())
    assert collect(read_at(fine)) == 1


def test_calls_in_a_time_are_kept_within_the_networks_limit(network: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    reading_is(monkeypatch, posts_a_call=1, limit=RateLimit(Scope.CHANNEL, 2, HOUR))
    channel = make_channel(min_interval=0)
    rows = [published(channel) for _post in range(3)]
    collect(timezone.now())
    moment = max(read_at(row) for row in rows)
    collect(moment)
    assert len(network.calls) == 2
    collect(moment + 30 * MINUTE)
    assert len(network.calls) == 2
    collect(moment + 2 * HOUR)
    assert len(network.calls) > 2


def test_what_reading_costs_is_counted_and_ends_at_the_months_budget(
    network: Asked, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.READING_BUDGET = "0.012"
    reading_is(monkeypatch, price=Decimal("0.005"))
    delivery = published()
    Delivery.objects.update(published_at=datetime(2026, 5, 4, 9, tzinfo=UTC))
    collect(datetime(2026, 5, 4, 9, tzinfo=UTC))
    for _reading in range(4):
        collect(read_at(delivery))
    assert len(network.calls) == 2
    tally = ReadingTally.objects.get()
    assert (tally.calls, tally.posts, tally.cost) == (2, 2, Decimal("0.01"))
    collect(datetime(2026, 6, 1, tzinfo=UTC))
    assert len(network.calls) == 3


def test_a_sudden_rise_is_read_again_sooner(network: Asked) -> None:
    delivery = published()
    Delivery.objects.update(published_at=datetime(2026, 5, 4, 9, tzinfo=UTC))
    collect(datetime(2026, 5, 4, 9, tzinfo=UTC))
    for _reading in range(20):
        collect(read_at(delivery))
    calm = read_at(delivery)
    assert calm > datetime(2026, 5, 6, 9, tzinfo=UTC)
    network.told[delivery.remote_id] = Engagement(likes=500)
    collect(calm)
    assert read_at(delivery) - calm <= 2 * HOUR


def test_a_post_that_others_removed_is_noticed_at_the_second_look_and_told_once(network: Asked) -> None:
    delivery, other = published(), published()
    collect(timezone.now())
    network.gone.add(delivery.remote_id)
    first = max(read_at(delivery), read_at(other))
    collect(first)
    delivery.refresh_from_db()
    assert (delivery.missing_at, delivery.gone_at) == (first, None)
    assert not Alert.objects.filter(kind=Alert.Kind.GONE).exists()
    for _reading in range(3):
        collect(read_at(delivery))
    delivery.refresh_from_db()
    assert delivery.gone_at == first
    assert Alert.objects.filter(kind=Alert.Kind.GONE).count() == 1
    assert AuditEvent.objects.filter(action="delivery.gone").count() == 1
    network.gone.clear()
    collect(read_at(delivery))
    delivery.refresh_from_db()
    assert delivery.missing_at is None
    assert delivery.gone_at is None
    assert AuditEvent.objects.filter(action="delivery.back").count() == 1


def test_a_post_that_we_took_back_ourselves_is_not_missed(network: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = published()
    collect(timezone.now())

    def recalled_meanwhile(_account: Any, _remote_ids: list[str]) -> dict[str, Engagement]:
        Delivery.objects.move(Event.RECALLED, [delivery.pk], at=timezone.now())
        return {}

    monkeypatch.setattr(registry.get("rehearsal"), "read_engagement", recalled_meanwhile)
    collect(read_at(delivery))
    delivery.refresh_from_db()
    assert delivery.missing_at is None


def test_likes_come_back_from_the_wall_and_unchanged_counts_keep_no_row() -> None:
    delivery = published()
    collect(timezone.now())
    first = read_at(delivery)
    assert collect(first) == 1
    RehearsalLike.objects.create(post=RehearsalPost.objects.get())
    assert collect(first + timedelta(seconds=5)) == 0
    assert collect(read_at(delivery)) == 1
    assert collect(read_at(delivery)) == 0
    snapshots = EngagementSnapshot.objects.filter(delivery=delivery)
    assert list(snapshots.values_list("likes", flat=True)) == [0, 1]
    assert set(snapshots.values_list("impressions", flat=True)) == {None}


def test_a_post_that_a_network_chokes_on_holds_up_no_other(network: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = make_channel(min_interval=0)
    rows = [published(channel) for _post in range(3)]
    bad = rows[1].remote_id

    def choke(account: Any, remote_ids: list[str]) -> dict[str, Engagement]:
        if bad in remote_ids:
            raise TemporaryError("Something went wrong.")
        return network.read(account, remote_ids)

    monkeypatch.setattr(registry.get("rehearsal"), "read_engagement", choke)
    collect(timezone.now())
    first = max(read_at(row) for row in rows)
    times = [first + run * 16 * MINUTE for run in range(6)]
    for now in times:
        collect(now)
    read = set(EngagementSnapshot.objects.values_list("delivery", flat=True))
    assert read == {rows[0].pk, rows[2].pk}
    assert read_at(rows[1]) > times[-1]


def test_what_a_failed_call_would_have_cost_is_not_booked(network: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    reading_is(monkeypatch, price=Decimal("0.005"))
    delivery = published()
    collect(timezone.now())
    network.error = TemporaryError("Something went wrong.")
    collect(read_at(delivery))
    assert not ReadingTally.objects.exists()


def test_a_post_that_is_being_taken_down_is_not_said_to_be_removed_by_others(network: Asked) -> None:
    delivery = published()
    collect(timezone.now())
    takedown = Takedown.objects.create(
        post=delivery.post, reason="Wrong number.", by=make_user("Approvers"), by_name="-", at=timezone.now()
    )
    now = timezone.now()
    TakedownStep.objects.create(takedown=takedown, delivery=delivery, state="by_hand", next_at=now, changed_at=now)
    network.gone.add(delivery.remote_id)
    for _reading in range(3):
        collect(read_at(delivery))
    assert delivery.missing_at is None
    assert not Alert.objects.filter(kind=Alert.Kind.GONE).exists()


def test_a_network_that_asks_to_wait_is_asked_for_as_many_at_once_later(network: Asked) -> None:
    channel = make_channel(min_interval=0)
    rows = [published(channel) for _post in range(3)]
    collect(timezone.now())
    now = max(read_at(row) for row in rows)
    network.error = RateLimitedError("Slow down.", timedelta(minutes=5))
    collect(now)
    network.error = None
    collect(now + 6 * MINUTE)
    assert [len(call) for call in network.calls] == [3]
