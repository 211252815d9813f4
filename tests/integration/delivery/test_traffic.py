"""Limits, intervals and outages: shared by all processes through the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from social_publisher.delivery.arm import arm
from social_publisher.delivery.circuit import FIRST, LOOK_AGAIN, PROBE, THRESHOLD
from social_publisher.delivery.due import Due, batches, due
from social_publisher.delivery.journal import Permit
from social_publisher.delivery.send import Outcome
from social_publisher.delivery.settle import settle
from social_publisher.delivery.worker import carry
from social_publisher.models import Channel, Circuit, Delivery, RateBudget, RehearsalPost
from social_publisher.networks.base import Account, Capabilities, Outgoing, RateLimit, Receipt, Remaining, Scope
from social_publisher.networks.errors import RateLimitedError, RefusedError, TemporaryError
from tests.factories import make_channel, make_delivery
from tests.integration.delivery.rig import Troubled, at_due, run

pytestmark = pytest.mark.django_db
DUE = datetime(2027, 3, 1, 9, tzinfo=UTC)
NOW = DUE + timedelta(seconds=1)


def several(channel: Channel, count: int) -> list[int]:
    return [make_delivery(channel, due_at=DUE).pk for _post in range(count)]


def times(ids: list[int]) -> list[float]:
    """When the waiting ones are tried next, in seconds from now."""
    rows = Delivery.objects.filter(pk__in=ids, state="waiting").order_by("next_at")
    return [(row.next_at - NOW).total_seconds() for row in rows]


def limited(network: Troubled, *limits: RateLimit) -> None:
    network.capabilities = Capabilities(
        lever=True, witness=True, recall=True, engagement=frozenset({"likes"}), live=False, limits=limits
    )


def test_after_an_outage_a_channels_posts_leave_one_by_one() -> None:
    ids = several(make_channel(min_interval=60), 4)
    assert carry(ids, clock=lambda: NOW) == 1
    assert times(ids) == [60, 120, 180]
    assert carry(ids, clock=lambda: NOW + timedelta(seconds=59)) == 0
    assert carry(ids, clock=lambda: NOW + timedelta(seconds=60)) == 1
    assert RehearsalPost.objects.count() == 2


def test_another_channel_does_not_wait_for_it() -> None:
    ids = several(make_channel(min_interval=60), 2) + several(make_channel(min_interval=60), 2)
    assert carry(ids, clock=lambda: NOW) == 2


def test_a_limit_holds_for_every_process(troubled: Troubled) -> None:
    limited(troubled, RateLimit(Scope.CHANNEL, 2, timedelta(minutes=15)))
    ids = several(make_channel(), 5)
    assert len(arm(ids[:3], uuid4(), NOW)) == 2
    assert arm(ids, uuid4(), NOW) == []
    assert all(wait >= 15 * 60 for wait in times(ids))


def test_an_app_wide_limit_is_shared_by_its_channels(troubled: Troubled) -> None:
    limited(troubled, RateLimit(Scope.APP, 3, timedelta(days=1)))
    ids = several(make_channel(), 2) + several(make_channel(), 2)
    assert carry(ids, clock=lambda: NOW) == 3


def test_too_many_requests_hold_the_whole_channel(troubled: Troubled) -> None:
    first, second = several(channel := make_channel(), 2)
    troubled.error = RateLimitedError("Slow down.", timedelta(minutes=10))
    assert carry([first], clock=lambda: NOW) == 1
    troubled.error = None
    assert carry([second], clock=lambda: NOW) == 0
    assert times([first, second]) == [600, 600]
    assert not Circuit.objects.filter(failures__gt=0).exists()
    assert RateBudget.objects.get().key == f"channel:{channel.pk}"
    assert carry([first, second], clock=lambda: NOW + timedelta(minutes=11)) == 2


def test_headers_that_say_nothing_is_left_are_heeded(troubled: Troubled, monkeypatch: pytest.MonkeyPatch) -> None:
    send = troubled.send

    def last(account: Account, post: Outgoing) -> Receipt:
        receipt = send(account, post)
        told = (Remaining(Scope.CHANNEL, 0, NOW + timedelta(minutes=5)),)
        return Receipt(receipt.remote_id, receipt.url, receipt.published_at, receipt.raw, told)

    monkeypatch.setattr(troubled, "send", last)
    first, second = several(make_channel(), 2)
    carry([first], clock=lambda: NOW)
    assert carry([second], clock=lambda: NOW + timedelta(minutes=4)) == 0
    assert carry([second], clock=lambda: NOW + timedelta(minutes=5)) == 1


def test_calls_that_were_not_made_use_up_no_limit(troubled: Troubled) -> None:
    """An outage ends a batch early; the day's few posts are not lost with it."""
    limited(troubled, RateLimit(Scope.APP, 10, timedelta(days=1)), RateLimit(Scope.CHANNEL, 10, timedelta(hours=3)))
    ids = several(make_channel(), 10)
    troubled.error = TemporaryError("Down.")
    assert carry(ids, clock=lambda: NOW) == THRESHOLD
    troubled.error = None
    assert carry(ids, clock=lambda: NOW + FIRST) == 1
    assert carry(ids, clock=lambda: NOW + timedelta(minutes=4)) == 10 - THRESHOLD - 1
    assert carry(ids, clock=lambda: NOW + timedelta(minutes=5)) == 0
    assert {sum(window.values()) for row in RateBudget.objects.all() for window in row.used.values()} == {10}


def test_a_paused_batch_uses_up_no_limit(troubled: Troubled) -> None:
    limited(troubled, RateLimit(Scope.CHANNEL, 3, timedelta(days=1)))
    ids = several(make_channel(), 3)
    owner = uuid4()
    armed = arm(ids, owner, NOW)
    settle([Outcome(item, permit=Permit.HELD) for item in armed], owner, NOW)
    assert RateBudget.objects.get().used == {"86400": {str(int(NOW.timestamp()) // 7200): 0}}
    assert carry(ids, clock=lambda: NOW) == 3


def test_a_network_that_keeps_failing_is_left_alone_then_tried_with_one_post(troubled: Troubled) -> None:
    ids = several(make_channel(), THRESHOLD + 2)
    troubled.error = TemporaryError("Down.")
    assert carry(ids[:THRESHOLD], clock=lambda: NOW) == THRESHOLD
    assert carry(ids[THRESHOLD:], clock=lambda: NOW) == 0
    assert times(ids[THRESHOLD:]) == [FIRST.total_seconds()] * 2
    later = NOW + FIRST
    assert carry(ids[THRESHOLD:], clock=lambda: later) == 1
    assert Circuit.objects.get().failures == THRESHOLD + 1
    troubled.error = None
    much_later = NOW + timedelta(minutes=30)
    assert carry(ids, clock=lambda: much_later) == 1
    assert Circuit.objects.get().failures == 0
    assert carry(ids, clock=lambda: much_later + LOOK_AGAIN) == THRESHOLD + 1


def test_many_posts_that_meet_one_short_outage_open_a_circuit_as_briefly_as_one_batch(troubled: Troubled) -> None:
    """Four processes have posts under way when a server is away for a second: it is tried again after 30 s."""
    batches, late = [several(make_channel(), THRESHOLD) for _process in range(4)], several(make_channel(), 1)
    troubled.error = TemporaryError("Down.")
    armed = [(owner, arm(ids, owner, NOW)) for ids in batches if (owner := uuid4())]
    for second, (owner, items) in enumerate(armed, start=1):
        outcomes = [Outcome(item, error=troubled.error) for item in items]
        settle(outcomes, owner, NOW + timedelta(seconds=second))
    assert Circuit.objects.get().failures == THRESHOLD
    assert Circuit.objects.get().open_until == NOW + timedelta(seconds=1) + FIRST
    troubled.error = None
    assert carry(late, clock=lambda: NOW + timedelta(seconds=1) + FIRST) == 1


def test_while_one_post_tries_a_network_the_others_look_again_soon(troubled: Troubled) -> None:
    """A network that is back is used within seconds, not when the longest answer would have been there."""
    ids = several(make_channel(), THRESHOLD)
    troubled.error = TemporaryError("Down.")
    carry(ids, clock=lambda: NOW)
    others = several(make_channel(), 3)
    tried_at = NOW + FIRST
    assert len(arm(others[:1], uuid4(), tried_at)) == 1
    assert arm(others[1:], uuid4(), tried_at + timedelta(seconds=1)) == []
    assert times(others[1:]) == [(FIRST + timedelta(seconds=1) + LOOK_AGAIN).total_seconds()] * 2
    assert len(arm(others[1:], uuid4(), tried_at + PROBE)) == 1


def test_a_refusal_is_no_outage(troubled: Troubled) -> None:
    troubled.error = RefusedError("No.")
    carry(several(make_channel(), THRESHOLD), clock=lambda: NOW)
    assert not Circuit.objects.filter(failures__gt=0).exists()


def test_batches_hold_one_channel_and_one_post_where_nobody_can_tell(troubled: Troubled) -> None:
    rows = [Due(1, 7, "rehearsal"), Due(2, 8, "rehearsal"), Due(3, 7, "rehearsal"), Due(4, 7, "rehearsal")]
    assert batches(rows, size=2) == [(7, [1, 3]), (7, [4]), (8, [2])]
    troubled.capabilities = Capabilities(lever=False, witness=False, recall=False, engagement=frozenset())
    assert batches(rows) == [(7, [1]), (7, [3]), (7, [4]), (8, [2])]


def test_where_nobody_can_tell_one_post_is_armed_at_a_time(troubled: Troubled) -> None:
    troubled.capabilities = Capabilities(lever=False, witness=False, recall=False, engagement=frozenset(), live=False)
    ids = several(make_channel(), 3)
    assert len(arm(ids, uuid4(), NOW)) == 1
    assert len(due(NOW)) == 2
    assert carry(ids, clock=lambda: NOW) == 2


def test_a_single_post_on_time_waits_for_nothing() -> None:
    delivery = make_delivery(make_channel(min_interval=30))
    assert run(delivery, at_due(delivery)).state == "published"
