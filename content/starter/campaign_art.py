"""The campaign's picture, drawn by the project itself: a field of equal dots, and a route that takes from it.

Every dot is somebody. Where the route runs, dots are hollow: what they held has left along it, across a border, and
lies in a heap on the other side. The same seed gives the same picture. The middle holds what matters, so that any
shape may be cut from it.
"""

from __future__ import annotations

import math
import random
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

GROUND, DOT, HOLLOW, TAKEN, BORDER = "#0b2239", "#3d6285", "#34587b", "#f4b223", "#ffffff"
SCALE = 2
STEPS = 240

Point = tuple[float, float]


@lru_cache(maxsize=4)
def draw_campaign_art(seed: int, width: int = 1920, height: int = 1920) -> bytes:
    """Return a PNG of the given size in pixels."""
    rng = random.Random(seed)  # noqa: S311
    size = (width * SCALE, height * SCALE)
    image = Image.new("RGB", size, GROUND)
    draw = ImageDraw.Draw(image)
    route = _route(rng, size)
    pitch = max(size) / 30
    border = size[0] * 0.475
    _border(draw, border, size[1], pitch)
    _field(draw, size, pitch, border, route)
    _heap(draw, rng, route[-1], pitch)
    _travellers(draw, route, pitch)
    small = image.resize((width, height), Image.Resampling.LANCZOS).quantize(64, dither=Image.Dither.NONE)
    target = BytesIO()
    small.save(target, format="PNG", optimize=True)
    return target.getvalue()


def _route(rng: random.Random, size: tuple[int, int]) -> list[Point]:
    """From the left edge, in a slow wave, to a place on the right of the border."""
    width, height = size
    start, end = height * rng.uniform(0.6, 0.64), height * rng.uniform(0.47, 0.5)
    points = []
    for step in range(STEPS + 1):
        share = step / STEPS
        wave = height * 0.055 * math.sin(share * math.tau * 1.1) * (1 - share)
        points.append((width * 0.655 * share, start + (end - start) * share - wave))
    return points


def _near(at: Point, route: list[Point]) -> float:
    return min(math.dist(at, point) for point in route[::4])


def _border(draw: ImageDraw.ImageDraw, x: float, height: int, pitch: float) -> None:
    dash, half = pitch * 0.62, pitch * 0.055
    top = -dash / 2
    while top < height:
        draw.rounded_rectangle((x - half, top, x + half, top + dash), radius=half, fill=BORDER)
        top += pitch


def _field(draw: ImageDraw.ImageDraw, size: tuple[int, int], pitch: float, border: float, route: list[Point]) -> None:
    """Equal dots on the near side of the border; the closer to the route, the emptier."""
    rows, columns = math.ceil(size[1] / pitch) + 1, math.ceil(border / pitch)
    for row in range(rows):
        for column in range(columns):
            at = ((column + 0.5) * pitch, (row + 0.5 * (column % 2)) * pitch)
            if at[0] > border - pitch * 0.5:
                continue
            distance = _near(at, route) / pitch
            if distance < 0.75:
                continue
            if distance < 2.6:
                _ring(draw, at, pitch * 0.25, HOLLOW, pitch * 0.06)
            else:
                _disc(draw, at, pitch * 0.25, DOT)


def _heap(draw: ImageDraw.ImageDraw, rng: random.Random, at: Point, pitch: float) -> None:
    """What was taken, packed close on the far side of the border."""
    golden = math.pi * (3 - math.sqrt(5))
    for number in range(96):
        reach = pitch * 0.36 * math.sqrt(number)
        turn = number * golden + rng.uniform(-0.05, 0.05)
        _disc(draw, (at[0] + reach * math.cos(turn), at[1] + reach * math.sin(turn)), pitch * 0.25, TAKEN)


def _travellers(draw: ImageDraw.ImageDraw, route: list[Point], pitch: float) -> None:
    """What is on its way: few at first, closer together the nearer they come to the heap."""
    step = 4.0
    while step < STEPS and math.dist(route[int(step)], route[-1]) > pitch * 4:
        _disc(draw, route[int(step)], pitch * 0.25, TAKEN)
        step += 17 - 10 * step / STEPS


def _disc(draw: ImageDraw.ImageDraw, at: Point, radius: float, fill: str) -> None:
    draw.ellipse((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius), fill=fill)


def _ring(draw: ImageDraw.ImageDraw, at: Point, radius: float, outline: str, width: float) -> None:
    box = (at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)
    draw.ellipse(box, outline=outline, width=round(width))
