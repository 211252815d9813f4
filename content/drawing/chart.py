"""Charts as plain shapes in a box of 100 by 100.

Words and numbers stand outside the shapes, as HTML: they keep their size on a small screen and wrap. Series are told
apart by pattern and by dash, not by colour, so a chart survives greyscale and forced colours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

Number = Decimal | int | float

PATTERNS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it starts and how long it is, in hundredths of the width."""

    series: str
    pattern: int
    start: float
    length: float
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class BarGroup:
    """The bars of one row."""

    label: str
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars by row, and where zero is."""

    groups: list[BarGroup]
    zero: float


@dataclass(frozen=True, slots=True)
class Point:
    """A value in the box; y grows downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Series:
    """One line, as runs of points: where a value is missing the line is broken."""

    name: str
    pattern: int
    runs: list[list[Point]]

    @property
    def paths(self) -> list[str]:
        """Each run as an SVG path; a run of one point is a dot."""
        return ["M" + "L".join(f"{point.x:g} {point.y:g}" for point in run) for run in self.runs if len(run) > 1]

    @property
    def points(self) -> list[Point]:
        """All values, for the dots."""
        return [point for run in self.runs for point in run]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over rows; ticks from the top down, each with its height in the box."""

    series: list[Series]
    ticks: list[tuple[Decimal, float]]
    labels: list[str]


def draw_bars(labels: Sequence[str], series: Sequence[tuple[str, Sequence[Number | None]]]) -> BarChart:
    """Lay bars out from zero, also where values are negative."""
    known = [float(value) for _name, values in series for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    span = (high - low) or 1.0
    zero = _round((0 - low) / span * 100)
    groups = []
    for row, label in enumerate(labels):
        bars = []
        for number, (name, values) in enumerate(series):
            value = values[row]
            share = 0.0 if value is None else float(value) / span * 100
            bars.append(Bar(name, number % PATTERNS, _round(zero + min(share, 0)), _round(abs(share)), _exact(value)))
        groups.append(BarGroup(label, bars))
    return BarChart(groups, zero)


def draw_lines(labels: Sequence[str], series: Sequence[tuple[str, Sequence[Number | None]]]) -> LineChart:
    """Lay lines out over evenly spaced rows, on a scale of round numbers that holds zero."""
    known = [float(value) for _name, values in series for value in values if value is not None]
    ticks = _scale(min([0.0, *known]), max([0.0, *known]))
    low, high = float(ticks[0]), float(ticks[-1])
    step = 100 / max(len(labels) - 1, 1)

    def place(row: int, value: Number) -> Point:
        return Point(_round(row * step), _round(100 - (float(value) - low) / (high - low) * 100))

    lines = [Series(name, number % PATTERNS, _runs(values, place)) for number, (name, values) in enumerate(series)]
    return LineChart(lines, [(tick, place(0, tick).y) for tick in reversed(ticks)], list(labels))


def _runs(values: Sequence[Number | None], place: Callable[[int, Number], Point]) -> list[list[Point]]:
    runs: list[list[Point]] = [[]]
    for row, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(place(row, value))
    return [run for run in runs if run]


def _scale(low: float, high: float) -> list[Decimal]:
    """Round numbers, four to six steps, from at most `low` to at least `high`."""
    span = (high - low) or 1.0
    size = 10 ** floor(log10(span / 4))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if span / (size * factor) <= 5)
    first, last = floor(low / step), ceil(high / step)
    last = max(last, first + 1)
    return [Decimal(f"{number * step:.10g}") for number in range(first, last + 1)]


def _exact(value: Number | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _round(value: float) -> float:
    return round(value, 2) + 0.0
