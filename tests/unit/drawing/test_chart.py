from __future__ import annotations

from decimal import Decimal

from content.drawing import draw_bars, draw_lines


def test_the_longest_bar_fills_the_width_and_others_keep_their_share() -> None:
    chart = draw_bars(["a", "b"], [("Cars", [Decimal(5), Decimal(20)])])
    assert [(bar.start, bar.length) for group in chart.groups for bar in group.bars] == [(0, 25), (0, 100)]
    assert chart.zero == 0


def test_negative_bars_grow_from_zero_to_the_start() -> None:
    chart = draw_bars(["a", "b"], [("Change", [-10, 30])])
    assert chart.zero == 25
    assert [(group.bars[0].start, group.bars[0].length) for group in chart.groups] == [(0, 25), (25, 75)]


def test_a_missing_value_is_no_zero() -> None:
    (bar,) = draw_bars(["a"], [("Cars", [None])]).groups[0].bars
    assert (bar.length, bar.value) == (0, None)
    line = draw_lines(["a", "b", "c"], [("Cars", [1, None, 3])]).series[0]
    assert [len(run) for run in line.runs] == [1, 1]
    assert line.paths == []


def test_lines_stand_on_round_numbers_that_hold_every_value() -> None:
    chart = draw_lines(["2023", "2024", "2025"], [("Cars", [1200, 1800, 15000])])
    assert [tick for tick, _height in chart.ticks] == [Decimal(15000), Decimal(10000), Decimal(5000), Decimal(0)]
    assert [height for _tick, height in chart.ticks][::3] == [0, 100]
    assert [point.x for point in chart.series[0].points] == [0, 50, 100]
    assert chart.series[0].points[-1].y == 0


def test_all_zero_and_single_rows_are_drawn_too() -> None:
    assert draw_bars(["a"], [("Cars", [0])]).groups[0].bars[0].length == 0
    chart = draw_lines(["a"], [("Cars", [0])])
    assert chart.series[0].points[0].y == 100
    small = draw_lines(["a", "b"], [("Share", [Decimal("0.1"), Decimal("0.3")])])
    assert [str(tick) for tick, _height in small.ticks] == ["0.3", "0.2", "0.1", "0"] or len(small.ticks) > 3
