from __future__ import annotations

import pytest

from social_publisher.engagement.readers import is_program

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)


def test_a_phone_is_a_reader() -> None:
    assert not is_program(PHONE)


@pytest.mark.parametrize("agent", ["", "Twitterbot/1.0", "facebookexternalhit/1.1", "curl/8.5", "Googlebot/2.1"])
def test_programs_are_not_readers(agent: str) -> None:
    assert is_program(agent)
