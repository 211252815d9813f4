from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_publisher.engagement.cadence import READ_FOR, STEPS, interval_at, is_rising, next_reading, reactions
from social_publisher.networks.base import Engagement, Network
from social_publisher.networks.bluesky.network import BlueskyNetwork
from social_publisher.networks.facebook.network import FacebookNetwork
from social_publisher.networks.linkedin.network import LinkedInNetwork
from social_publisher.networks.mastodon.network import MastodonNetwork
from social_publisher.networks.x.network import XNetwork

OUT = datetime(2026, 5, 4, 9, 7, 31, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_older_posts_are_read_less_often_and_after_ninety_days_no_more() -> None:
    ages = [timedelta(minutes=5), 5 * HOUR, DAY, 3 * DAY, 20 * DAY, 80 * DAY]
    intervals = [interval_at(age) for age in ages]
    assert intervals == [interval for _until, interval in STEPS]
    assert intervals == sorted(intervals, key=lambda interval: interval or READ_FOR)
    assert interval_at(READ_FOR) is None
    assert next_reading(OUT, OUT + READ_FOR) is None


@given(st.integers(0, 89 * 86400 * 10**6), st.integers(0, 6 * 3600), st.booleans())
def test_a_reading_is_later_than_now_and_holds_as_long_as_the_network_wants(us: int, least: int, rising: bool) -> None:
    now, hold = OUT + timedelta(microseconds=us), timedelta(seconds=least)
    moment, interval = next_reading(OUT, now, rising=rising, least=hold), interval_at(now - OUT, rising=rising)
    assert moment is not None
    assert interval is not None
    assert now < moment <= now + hold + interval
    assert moment - now >= hold


def test_posts_of_different_ages_are_read_at_the_same_moments() -> None:
    now = datetime(2026, 5, 20, 17, 45, tzinfo=UTC)
    young, old = next_reading(now - 3 * HOUR, now), next_reading(now - 20 * DAY, now)
    assert young == datetime(2026, 5, 20, 18, tzinfo=UTC)
    assert old == datetime(2026, 5, 21, tzinfo=UTC)


def test_a_sudden_rise_is_looked_at_sooner() -> None:
    now = OUT + 3 * DAY
    calm, sudden = next_reading(OUT, now), next_reading(OUT, now, rising=True)
    assert calm is not None
    assert sudden is not None
    assert sudden - now <= 2 * HOUR < calm - now


def test_what_costs_nobody_anything_is_read_as_often_as_it_may_be_while_it_is_new() -> None:
    hold = timedelta(seconds=10)
    assert next_reading(OUT, OUT, least=hold, live=False) == OUT + hold
    assert next_reading(OUT, OUT + DAY, least=hold, live=False) == next_reading(OUT, OUT + DAY, least=hold)


@pytest.mark.parametrize("network", [BlueskyNetwork, FacebookNetwork, LinkedInNetwork, MastodonNetwork, XNetwork])
def test_thirty_days_of_a_thousand_posts_cost_a_hundredth_of_hourly_readings(network: type[Network]) -> None:
    chance, end, batch = random.Random(1), OUT + 30 * DAY, network.capabilities.reading.posts_a_call
    calls = 0
    for _channel in range(8):
        due: Counter[datetime] = Counter()
        for _post in range(125):
            out = OUT + chance.random() * 30 * DAY
            moment = next_reading(out, out, least=timedelta(minutes=5))
            while moment is not None and moment < end:
                due[moment] += 1
                moment = next_reading(out, moment, least=timedelta(minutes=5))
        calls += sum(ceil(posts / batch) for posts in due.values())
    assert calls <= 1000 * 30 * 24 // 100


def rise(then: int | None, now: int | None, after: timedelta = 2 * HOUR) -> bool:
    before = (OUT + DAY, Engagement(likes=then))
    return is_rising(OUT, before, OUT + DAY + after, Engagement(likes=now))


def test_what_counts_as_a_sudden_rise() -> None:
    assert rise(10, 40)
    assert rise(0, 10)
    assert not rise(0, 9)
    assert not rise(1000, 1100)
    assert not rise(40, 10)
    assert not rise(None, 100)
    assert not rise(100, None)
    assert not is_rising(OUT, None, OUT + HOUR, Engagement(likes=100))


def test_being_shown_is_no_reaction_and_what_is_not_told_is_not_zero() -> None:
    assert reactions(Engagement(impressions=5, clicks=2)) is None
    assert reactions(Engagement(impressions=5, likes=0)) == 0
    assert reactions(Engagement(likes=1, reposts=2, replies=3, quotes=4, bookmarks=5)) == 15
