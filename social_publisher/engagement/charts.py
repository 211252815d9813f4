"""Charts drawn on the server as SVG. Each stands above a table with the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 720, 220
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
    """Return grouped bars as an SVG with a title; labels thin out where there are many."""
    top = nice_ceiling(max((value for row in series for value in row.values), default=0))
    plot_width, plot_height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    slot = plot_width / max(len(labels), 1)
    bar = slot * 0.8 / max(len(series), 1)
    bars = [
        (
            row.style,
            f"{LEFT + index * slot + slot * 0.1 + position * bar:.1f}",
            f"{TOP + plot_height * (1 - value / top):.1f}",
            f"{max(bar - 1, 1):.1f}",
            f"{plot_height * value / top:.1f}",
        )
        for position, row in enumerate(series)
        for index, value in enumerate(row.values)
        if value > 0
    ]
    every = max(1, -(-len(labels) // 8))
    ticks = [
        (f"{LEFT + index * slot + slot / 2:.1f}", HEIGHT - 8, label)
        for index, label in enumerate(labels)
        if index % every == 0
    ]
    lines = [
        (LEFT, WIDTH - RIGHT, f"{TOP + plot_height * (1 - part):.1f}", LEFT - 6, f"{top * part:g}")
        for part in (0, 0.5, 1)
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
