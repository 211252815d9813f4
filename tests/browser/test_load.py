"""The short version of `make load`."""

from __future__ import annotations

from tests.load.rush import Mix, rush
from tests.support.product import Product


def test_a_rush_meets_no_error_and_every_post_leaves(product: Product) -> None:
    mix = Mix(seconds=8, readers=2, reads=15, clicks=20, editors=1, editing=1.5, posts=20)
    found = rush(product, mix, lambda _words: None)
    assert found.seen.wrong == []
    assert found.complaints == []
    assert found.not_out == []
    assert found.clicks.refused == 0
    assert len(found.clicks.clicks) == 160
    assert {"page", "queue"} <= set(found.seen.answers)
    assert {"site", "clock"} == set(found.memory)
