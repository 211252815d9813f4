"""The site's own letters for Pillow: the same subset files that pages load, chosen a character at a time."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

from campaign_site.design.finders import stylesheet

FOLDER = Path(__file__).resolve().parents[2] / "static" / "campaign_site"
FACE = re.compile(r'@font-face\s*{[^}]*?url\("?([^")]+\.woff2)"?\)[^}]*?unicode-range:\s*([^;}]+)', re.DOTALL)
# Serbian and Macedonian shapes of letters; Montenegrin is written with Serbian ones.
SHAPES = {"cnr": "sr"}


@lru_cache(maxsize=1)
def coverage() -> tuple[tuple[Path, tuple[tuple[int, int], ...]], ...]:
    """Each font file with the characters it holds, as the stylesheet declares them."""
    found = []
    for name, ranges in FACE.findall(stylesheet()):
        bounds = [part.strip().removeprefix("U+").split("-") for part in ranges.split(",")]
        found.append((FOLDER / name, tuple((int(pair[0], 16), int(pair[-1], 16)) for pair in bounds)))
    if not found:
        raise LookupError("the stylesheet declares no font with its characters")
    return tuple(found)


@lru_cache(maxsize=2048)
def file_for(character: str) -> Path | None:
    """The font file that holds a character: the one declared last, as in a browser."""
    code = ord(character)
    declared = reversed(coverage())
    return next((path for path, ranges in declared if any(first <= code <= last for first, last in ranges)), None)


@lru_cache(maxsize=256)
def _font(path: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(path), size)
    font.set_variation_by_axes([weight])
    return font


@dataclass(frozen=True)
class Lettering:
    """Letters of one size and weight, in one language."""

    size: int
    weight: int
    language: str

    def width(self, text: str) -> float:
        """How wide the text is, in pixels."""
        return sum(
            _font(path, self.size, self.weight).getlength(part, language=self._shapes) for path, part in runs(text)
        )

    def draw(self, draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, fill: str) -> None:
        """Write one line; `at` is the left end of its base line."""
        x, y = at
        for path, part in runs(text):
            font = _font(path, self.size, self.weight)
            draw.text((x, y), part, font=font, fill=fill, anchor="ls", language=self._shapes)
            x += font.getlength(part, language=self._shapes)

    @property
    def _shapes(self) -> str:
        return SHAPES.get(self.language, self.language)


def runs(text: str) -> list[tuple[Path, str]]:
    """The text in pieces, each with the one font file that holds it. What no file holds is left out."""
    pieces: list[tuple[Path, str]] = []
    for character in unicodedata.normalize("NFC", text):
        path = file_for(character)
        if unicodedata.combining(character) and pieces:
            path = pieces[-1][0]
        if path is None:
            continue
        if pieces and pieces[-1][0] == path:
            pieces[-1] = (path, pieces[-1][1] + character)
        else:
            pieces.append((path, character))
    return pieces
