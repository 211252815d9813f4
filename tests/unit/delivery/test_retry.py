from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from social_publisher.delivery.retry import FIRST, LONGEST, next_try

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_waits_double() -> None:
    waits = [next_try(NOW, attempt, jitter=0) - NOW for attempt in (1, 2, 3)]
    assert waits == [FIRST, FIRST * 2, FIRST * 4]


def test_the_networks_own_wish_is_honoured() -> None:
    wish = timedelta(hours=1)
    assert next_try(NOW, 1, retry_after=wish, jitter=0) == NOW + wish


@given(attempt=st.integers(1, 10_000), jitter=st.floats(0, 1))
def test_a_wait_is_never_shorter_than_the_first_nor_much_longer_than_the_longest(attempt: int, jitter: float) -> None:
    wait = next_try(NOW, attempt, jitter=jitter) - NOW
    assert FIRST <= wait <= LONGEST * 1.25
