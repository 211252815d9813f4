from __future__ import annotations

from datetime import timedelta

import pytest

from social_publisher.engagement.clicks import is_bot
from social_publisher.engagement.collect import interval_for

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)


def test_a_phone_is_a_reader() -> None:
    assert not is_bot(PHONE)


@pytest.mark.parametrize("agent", ["", "Twitterbot/1.0", "facebookexternalhit/1.1", "curl/8.5", "Googlebot/2.1"])
def test_programs_are_not_readers(agent: str) -> None:
    assert is_bot(agent)


def test_older_posts_are_read_less_often() -> None:
    ages = [timedelta(minutes=5), timedelta(hours=5), timedelta(days=3), timedelta(days=30)]
    intervals = [interval_for(age) for age in ages]
    assert intervals == sorted(intervals)
    assert len(set(intervals)) == len(intervals)
