"""Geometry of charts: numbers in, shapes out. It knows no block, no template and no database."""

from __future__ import annotations

from content.drawing.chart import Bar, BarChart, BarGroup, LineChart, Point, Series, draw_bars, draw_lines

__all__ = ["Bar", "BarChart", "BarGroup", "LineChart", "Point", "Series", "draw_bars", "draw_lines"]
