"""Draws a card. Plain facts in, a JPEG out; knows no page and no database."""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from campaign_site.machine.cards.emblem import emblem
from campaign_site.machine.cards.letters import Lettering
from campaign_site.machine.cards.lines import broken, cut

WIDTH, HEIGHT = 1200, 630
MARGIN = 64
# Where the art begins, over how many pixels it rises, and where the words end.
ART, FADE, WORDS_END = 700, 190, 750
NAVY, WHITE, SOFT, SIGNAL = "#0b2239", "#ffffff", "#dbe5ee", "#f4b223"
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
# Sizes of the title, largest first, with the most lines of each.
TITLES = ((84, 2), (72, 3), (62, 3), (54, 4), (46, 4), (40, 5))
# Sizes of the funder's sentence. It is never cut: the last holds the longest that a record takes.
STATEMENTS = ((24, 2), (20, 3), (17, 4), (15, 6), (13, 9))


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card. `art` is a picture's bytes; `focus` its important place, as shares of its sides."""

    title: str
    language: str
    kind: str
    owner: str
    art: bytes
    focus: tuple[float, float] = (0.5, 0.5)
    statement: str = ""
    has_emblem: bool = False


def draw_card(card: Card) -> bytes:
    """The card as a JPEG of 1200 by 630 pixels. Raises OSError if the art cannot be read."""
    picture = _ground(card)
    draw = ImageDraw.Draw(picture)
    _sender(draw, card)
    bottom = _funding(picture, draw, card)
    _title(draw, card, bottom)
    target = BytesIO()
    picture.save(target, "JPEG", quality=86, optimize=True, progressive=True)
    return target.getvalue()


def _ground(card: Card) -> Image.Image:
    """The art at the right, its important place in the middle; it fades before it reaches the words."""
    width = WIDTH - ART
    with Image.open(BytesIO(card.art), formats=FORMATS) as opened:
        art = ImageOps.fit(opened.convert("RGB"), (width, HEIGHT), Image.Resampling.LANCZOS, centering=card.focus)
    row = Image.new("L", (width, 1))
    for x in range(width):
        past = min(1.0, x / FADE)
        row.putpixel((x, 0), round(255 * past * past * (3 - 2 * past)))
    ground = Image.new("RGB", (WIDTH, HEIGHT), NAVY)
    ground.paste(art, (ART, 0), row.resize(art.size))
    return ground


def _sender(draw: ImageDraw.ImageDraw, card: Card) -> None:
    _mark(draw, MARGIN, MARGIN - 8, 64)
    x = MARGIN + 64 + 20
    Lettering(34, 800, card.language).draw(draw, (x, MARGIN + 20), "SELEC", WHITE)
    Lettering(22, 450, card.language).draw(draw, (x, MARGIN + 50), card.owner, SOFT)


def _mark(draw: ImageDraw.ImageDraw, x: float, y: float, size: float) -> None:
    """The site's mark: a light that stands above a border."""
    unit = size / 64

    def line(start: tuple[float, float], end: tuple[float, float], fill: str) -> None:
        points = [(x + start[0] * unit, y + start[1] * unit), (x + end[0] * unit, y + end[1] * unit)]
        draw.line(points, fill=fill, width=round(4 * unit))
        for point in points:
            _dot(draw, point, 2 * unit, fill)

    for step in range(11):
        angle = math.pi * step / 10
        turn = (-math.cos(angle), -math.sin(angle))
        line((32 + 15 * turn[0], 40 + 15 * turn[1]), (32 + 27 * turn[0], 40 + 27 * turn[1]), SIGNAL)
    _dot(draw, (x + 32 * unit, y + 40 * unit), 7 * unit, WHITE)
    line((6, 54), (58, 54), WHITE)


def _dot(draw: ImageDraw.ImageDraw, at: tuple[float, float], radius: float, fill: str) -> None:
    draw.ellipse((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius), fill=fill)


def _funding(picture: Image.Image, draw: ImageDraw.ImageDraw, card: Card) -> float:
    """Emblem and statement, never one without the other. Returns how far down the title may reach."""
    floor = HEIGHT - MARGIN
    if not card.statement:
        return floor
    x = MARGIN
    height = 0
    if card.has_emblem:
        flag = emblem(72)
        picture.paste(flag, (MARGIN, floor - flag.height))
        x, height = MARGIN + flag.width + 24, flag.height
    size, lines = statement_lines(card.statement, card.language, WORDS_END - x)
    letters = Lettering(size, 600, card.language)
    block = len(lines) * size * 1.3
    top = floor - max(height, block) / 2 - block / 2
    for number, text in enumerate(lines):
        letters.draw(draw, (x, top + size + number * size * 1.3), text, WHITE)
    return floor - max(height, block) - 28


def statement_lines(statement: str, language: str, limit: float) -> tuple[int, list[str]]:
    """The largest size in which a funder's sentence fits into the width, and its lines there."""
    for size, most in STATEMENTS:
        letters = Lettering(size, 600, language)
        lines = broken(statement, limit, letters.width, most)
        if lines is not None:
            return size, lines
    return size, cut(statement, limit, letters.width, most)


def _title(draw: ImageDraw.ImageDraw, card: Card, floor: float) -> None:
    ceiling = MARGIN + 64 + 36
    room = floor - ceiling - (48 if card.kind else 0)
    limit = WORDS_END - MARGIN
    for size, most in TITLES:
        letters = Lettering(size, 800, card.language)
        lines = broken(card.title, limit, letters.width, most)
        if lines is not None and len(lines) * size * 1.14 <= room:
            break
    else:
        fitting = max(1, min(most, int(room / (size * 1.14))))
        lines = cut(card.title, limit, letters.width, fitting)
    step = size * 1.14
    y = floor - len(lines) * step + size * 0.86
    if card.kind:
        above = y - size * 0.86 - 16
        draw.rectangle((MARGIN, above - 19, MARGIN + 40, above - 13), fill=SIGNAL)
        Lettering(28, 700, card.language).draw(draw, (MARGIN + 56, above - 6), card.kind, SIGNAL)
    for number, text in enumerate(lines):
        letters.draw(draw, (MARGIN - size * 0.04, y + number * step), text, WHITE)
