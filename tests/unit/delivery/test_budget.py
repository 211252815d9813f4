from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from social_publisher.delivery.budget import Used, charge, room, wait_for
from social_publisher.delivery.circuit import FIRST, LONGEST, THRESHOLD, open_for
from social_publisher.networks.base import RateLimit, Scope

START = datetime(2026, 11, 24, 12, tzinfo=UTC)


def spend(used: Used, limits: list[RateLimit], cost: int, now: datetime) -> datetime | None:
    """What a grant does for one post: charge it, or say when to ask again."""
    again = wait_for(used, limits, cost, now)
    if again is None:
        charge(used, limits, cost, now)
    return again


LIMIT = RateLimit(Scope.CHANNEL, 3, timedelta(minutes=15))


def test_what_is_left_comes_back_when_the_window_has_passed() -> None:
    used: Used = {}
    assert [spend(used, [LIMIT], 1, START) for _post in range(3)] == [None, None, None]
    again = spend(used, [LIMIT], 1, START)
    assert again is not None
    assert START + LIMIT.per <= again <= START + LIMIT.per * 14 / 12
    assert spend(used, [LIMIT], 1, again - timedelta(seconds=1)) is not None
    assert spend(used, [LIMIT], 1, again) is None


def test_a_thread_goes_through_whole_or_not_at_all() -> None:
    used: Used = {}
    assert spend(used, [LIMIT], 2, START) is None
    assert spend(used, [LIMIT], 2, START) is not None
    assert room(used["900"], LIMIT, START)[0] == 1


def test_the_tightest_limit_decides_and_nothing_is_spent_on_a_refusal() -> None:
    day = RateLimit(Scope.CHANNEL, 1, timedelta(days=1))
    used: Used = {}
    assert spend(used, [LIMIT, day], 1, START) is None
    assert spend(used, [LIMIT, day], 1, START) is not None
    assert room(used["900"], LIMIT, START)[0] == 2


@given(st.lists(st.floats(0, 400), max_size=60))
def test_no_window_wherever_it_begins_holds_more_than_the_limit(gaps: list[float]) -> None:
    used: Used = {}
    moment, sent = START, []
    for gap in gaps:
        moment += timedelta(seconds=gap)
        if spend(used, [LIMIT], 1, moment) is None:
            sent.append(moment)
    for first in sent:
        assert sum(first <= at < first + LIMIT.per for at in sent) <= LIMIT.count


def test_a_circuit_stays_open_longer_with_every_failure() -> None:
    assert open_for(THRESHOLD - 1) == timedelta()
    assert open_for(THRESHOLD) == FIRST
    assert open_for(THRESHOLD + 1) == FIRST * 2
    assert open_for(1000) == LONGEST
