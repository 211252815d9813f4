from __future__ import annotations

import pytest

from content.records.progress import share_reached


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "share"),
    [
        (None, 120, 60, 50),
        (None, 3, 1, 33),
        (10, 20, 15, 50),
        (None, 24, 30, 125),
        (10, 20, 5, 0),
        (100, 50, 75, 50),
        (5, 5, 5, 100),
        (None, 24, 0, 0),
    ],
)
def test_the_way_from_baseline_to_target(baseline: int | None, target: int, actual: int, share: int) -> None:
    assert share_reached(baseline, target, actual) == share


def test_what_is_not_reported_is_not_zero() -> None:
    assert share_reached(None, 120, None) is None
    assert share_reached(None, None, 7) is None
