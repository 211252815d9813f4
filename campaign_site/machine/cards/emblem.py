"""The emblem of the European Union, after its official construction: twelve stars, three by two."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

BLUE, GOLD = "#003399", "#ffcc00"
SCALE = 4


def emblem(height: int) -> Image.Image:
    """The emblem with a white edge, as on any coloured ground."""
    edge = max(2, height // 24)
    tall = height * SCALE
    picture = Image.new("RGB", (tall * 3 // 2, tall), BLUE)
    draw = ImageDraw.Draw(picture)
    for hour in range(12):
        angle = math.tau * hour / 12
        x = picture.width / 2 + tall / 3 * math.sin(angle)
        y = picture.height / 2 - tall / 3 * math.cos(angle)
        draw.polygon(_star(x, y, tall / 18), fill=GOLD)
    picture = picture.resize((height * 3 // 2, height), Image.Resampling.LANCZOS)
    framed = Image.new("RGB", (picture.width + 2 * edge, height + 2 * edge), "#ffffff")
    framed.paste(picture, (edge, edge))
    return framed


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    inner = radius * math.sin(math.pi / 10) / math.sin(3 * math.pi / 10)
    corners = []
    for step in range(10):
        reach = inner if step % 2 else radius
        corners.append((x + reach * math.sin(math.pi * step / 5), y - reach * math.cos(math.pi * step / 5)))
    return corners
