from __future__ import annotations

from social_publisher.clock.service import WallWatch


def test_a_clock_that_was_set_is_noticed_and_time_that_passes_is_not() -> None:
    wall, passed = [1000.0], [50.0]
    watch = WallWatch(lambda: wall[0], lambda: passed[0])
    wall[0], passed[0] = 1001.0, 51.0
    assert not watch.stepped()
    wall[0] += 3600
    assert watch.stepped()
    assert not watch.stepped()
    wall[0] -= 1800
    assert watch.stepped()
