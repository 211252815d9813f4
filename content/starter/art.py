"""Pictures the project draws itself: contour lines, routes and a border, the same for the same seed."""

from __future__ import annotations

import math
import random
from io import BytesIO

from PIL import Image, ImageDraw

NAVY, LINE, ROUTE, BORDER, NODE = "#0b2239", "#21415f", "#f4b223", "#ffffff", "#7fa3c4"
SCALE = 2


def draw_art(seed: int, width: int = 1600, height: int = 900) -> bytes:
    """Return a PNG of the given size in pixels."""
    rng = random.Random(seed)  # noqa: S311
    size = (width * SCALE, height * SCALE)
    image = Image.new("RGB", size, NAVY)
    draw = ImageDraw.Draw(image)
    _contours(draw, rng, size)
    border = int(size[0] * rng.uniform(0.58, 0.66))
    _border(draw, border, size[1])
    _routes(draw, rng, size, border)
    small = image.resize((width, height), Image.Resampling.LANCZOS)
    target = BytesIO()
    small.save(target, format="PNG", optimize=True)
    return target.getvalue()


def _contours(draw: ImageDraw.ImageDraw, rng: random.Random, size: tuple[int, int]) -> None:
    width, height = size
    waves = [(rng.uniform(0.6, 2.4), rng.uniform(0, math.tau), rng.uniform(0.02, 0.07)) for _wave in range(4)]
    for level in range(-6, 46):
        base = height * level / 38
        points = []
        for x in range(0, width + 40, 40):
            lift = sum(
                depth * height * math.sin(math.tau * pace * x / width + phase + level * 0.11)
                for pace, phase, depth in waves
            )
            points.append((x, base + lift))
        draw.line(points, fill=LINE, width=3 if level % 5 else 6, joint="curve")


def _border(draw: ImageDraw.ImageDraw, x: int, height: int) -> None:
    for top in range(0, height, 72):
        draw.rounded_rectangle((x - 6, top, x + 6, top + 44), radius=6, fill=BORDER)


def _routes(draw: ImageDraw.ImageDraw, rng: random.Random, size: tuple[int, int], border: int) -> None:
    width, height = size
    for index, share in enumerate((0.22, 0.5, 0.78)):
        start = (-20.0, height * (share + rng.uniform(-0.08, 0.08)))
        end = (float(border), height * (share + rng.uniform(-0.06, 0.06)))
        bend = height * rng.uniform(-0.16, 0.16)
        points = [
            (
                start[0] + (end[0] - start[0]) * step / 60,
                start[1] + (end[1] - start[1]) * step / 60 + bend * math.sin(math.pi * step / 60),
            )
            for step in range(61)
        ]
        bright = index == 1
        draw.line(points, fill=ROUTE if bright else NODE, width=16 if bright else 7, joint="curve")
        for step in (12, 30, 48):
            _dot(draw, points[step], 18 if bright else 11, ROUTE if bright else NODE)
        _dot(draw, end, 34 if bright else 18, ROUTE if bright else NODE)
        if bright:
            _dot(draw, end, 18, NAVY)
        rest = [(border + (width - border) * step / 14, end[1] + bend * 0.4 * step / 14) for step in range(1, 15)]
        for first, second in zip(rest[::2], rest[1::2], strict=False):
            draw.line((first, second), fill=LINE, width=7)


def _dot(draw: ImageDraw.ImageDraw, at: tuple[float, float], radius: int, fill: str) -> None:
    draw.ellipse((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius), fill=fill)
