"""Charts drawn on the server as SVG. Each stands above a table with the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 720, 220
LABEL_HEIGHT = 14
LEFT, RIGHT, TOP, BOTTOM = 36, 8, 12, 28


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars; `style` is the class the stylesheet colours and patterns, so greyscale tells them apart."""

    label: str
    values: Sequence[int]
    style: str


def nice_ceiling(value: int) -> int:
    """Return the smallest of 4, 10, 20 times a power of ten that is not below the value; its half is a whole number."""
    step = 1
    while True:
        for factor in (4, 10, 20):
            if factor * step >= value:
                return factor * step
        step *= 10


def bar_chart(title: str, labels: Sequence[str], series: Sequence[Series]) -> SafeString:
    """Return grouped bars as an SVG with a title, those below 0 hanging; labels thin out where there are many."""
    values = [value for row in series for value in row.values]
    top, low = nice_ceiling(max(values, default=0)), min(values, default=0)
    bottom = -nice_ceiling(-low) if low < 0 else 0
    plot_width, plot_height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    scale = plot_height / (top - bottom)
    slot = plot_width / max(len(labels), 1)
    bar = slot * 0.8 / max(len(series), 1)
    bars = [
        (
            row.style,
            f"{LEFT + index * slot + slot * 0.1 + position * bar:.1f}",
            f"{TOP + (top - max(value, 0)) * scale:.1f}",
            f"{max(bar - 1, 1):.1f}",
            f"{abs(value) * scale:.1f}",
        )
        for position, row in enumerate(series)
        for index, value in enumerate(row.values)
        if value
    ]
    every = max(1, -(-len(labels) // 8))
    ticks = [
        (f"{LEFT + index * slot + slot / 2:.1f}", HEIGHT - 8, label)
        for index, label in enumerate(labels)
        if index % every == 0
    ]
    lines = [
        (LEFT, WIDTH - RIGHT, f"{TOP + (top - value) * scale:.1f}", LEFT - 6, f"{value:g}")
        for value in _apart((0, bottom, top, top / 2), scale)
    ]
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}"><g class="chart__grid">{}</g>{}'
        '<g class="chart__labels">{}</g></svg>',
        WIDTH,
        HEIGHT,
        title,
        format_html_join(
            "",
            '<line x1="{0}" x2="{1}" y1="{2}" y2="{2}"/><text x="{3}" y="{2}" text-anchor="end" dy="4">{4}</text>',
            lines,
        ),
        format_html_join("", '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', bars),
        format_html_join("", '<text x="{}" y="{}" text-anchor="middle">{}</text>', ticks),
    )


def _apart(values: Sequence[float], scale: float) -> list[float]:
    """Those whose labels do not touch the labels of those before them."""
    kept: list[float] = []
    for value in dict.fromkeys(values):
        if all(abs(value - other) * scale >= LABEL_HEIGHT for other in kept):
            kept.append(value)
    return kept


def heat_map(
    title: str, rows: Sequence[str], columns: Sequence[str], values: Mapping[tuple[int, int], int]
) -> SafeString:
    """Return squares as an SVG, as large as their value: the eye needs no colour. Keys are row and column from 0 on.

    What is not above 0 is a dot.
    """
    most = max(values.values(), default=0)
    left, cell = 84, (WIDTH - 84 - RIGHT) / len(columns)
    squares = [
        (
            f"{left + column * cell + (cell - side) / 2:.1f}",
            f"{TOP + row * cell + (cell - side) / 2:.1f}",
            f"{side:.1f}",
        )
        for row in range(len(rows))
        for column in range(len(columns))
        for side in [max((cell - 2) * (max(values.get((row, column), 0), 0) / most) ** 0.5 if most > 0 else 0, 1.5)]
    ]
    middles = [(left - 8, f"{TOP + (row + 0.5) * cell:.1f}", label) for row, label in enumerate(rows)]
    under = TOP + len(rows) * cell + 16
    ticks = [
        (f"{left + (column + 0.5) * cell:.1f}", f"{under:.1f}", label)
        for column, label in enumerate(columns)
        if column % 3 == 0
    ]
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}<g class="chart__labels">{}{}</g></svg>',
        WIDTH,
        f"{under + 8:.0f}",
        title,
        format_html_join(
            "", '<rect class="chart__bar chart__bar--a" x="{0}" y="{1}" width="{2}" height="{2}"/>', squares
        ),
        format_html_join("", '<text x="{}" y="{}" text-anchor="end" dy="4">{}</text>', middles),
        format_html_join("", '<text x="{}" y="{}" text-anchor="middle">{}</text>', ticks),
    )
