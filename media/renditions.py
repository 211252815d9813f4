"""The sizes the site shows. They are made when an image is stored, so that no reader's request has to.

A picture on a page has a shape; each shape is a few AVIF sizes, and WebP ones for browsers without AVIF. What was made
stands in `CampaignImage.sizes`, which the database keeps, so that a page with pictures asks nothing more.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from media.models.image import CampaignImage, CampaignRendition

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a kind of picture is offered: specs from narrow to wide, and how wide it stands on a page."""

    avif: tuple[str, ...]
    webp: tuple[str, ...]
    sizes: str

    @property
    def specs(self) -> tuple[str, ...]:
        """Every spec of the shape."""
        return self.avif + self.webp


def _avif(*operations: str) -> tuple[str, ...]:
    return tuple(f"format-avif|{operation}|avifquality-45|avifspeed-8" for operation in operations)


def _webp(*operations: str) -> tuple[str, ...]:
    return tuple(f"format-webp|{operation}|webpquality-72" for operation in operations)


SHAPES: dict[str, Shape] = {
    "hero": Shape(
        _avif("fill-480x270", "fill-800x450", "fill-1280x720"),
        _webp("fill-800x450", "fill-1280x720"),
        "(min-width: 60rem) 45vw, 100vw",
    ),
    "card": Shape(
        _avif("fill-320x180", "fill-480x270", "fill-800x450"),
        _webp("fill-480x270", "fill-800x450"),
        "(min-width: 48rem) 24rem, 100vw",
    ),
    "figure": Shape(
        _avif("width-480", "width-800", "width-1280"),
        _webp("width-800", "width-1280"),
        "(min-width: 44rem) 42rem, 100vw",
    ),
    "portrait": Shape(_avif("fill-160x160", "fill-320x320"), _webp("fill-320x320"), "8rem"),
}


@dataclass(frozen=True, slots=True)
class KitSize:
    """A size a press kit offers. `operation` cuts around the focal point, or keeps the whole picture."""

    code: str
    operation: str

    @property
    def spec(self) -> str:
        """As Wagtail names it. Every network and every editor takes JPEG."""
        return f"format-jpeg|{self.operation}|jpegquality-86"


KIT = (
    KitSize("whole", "max-2560x2560"),
    KitSize("wide", "fill-1200x630"),
    KitSize("square", "fill-1080x1080"),
    KitSize("portrait", "fill-1080x1350"),
    KitSize("story", "fill-1080x1920"),
)

SITE_SPECS = tuple(
    dict.fromkeys([*(spec for shape in SHAPES.values() for spec in shape.specs), *(size.spec for size in KIT)])
)

# A programme's logo beside the EU emblem, twice as large as shown.
LOGO = "max-192x128|format-png"
# Pictures of posts, best first: longest side in pixels and the size made of the original. Every network takes JPEG.
POSTS = (
    (2048, "max-2048x2048|format-jpeg|jpegquality-86"),
    (1600, "max-1600x1600|format-jpeg|jpegquality-80"),
    (1200, "max-1200x1200|format-jpeg|jpegquality-72"),
    (800, "max-800x800|format-jpeg|jpegquality-60"),
)
POST_SPECS = tuple(spec for _side, spec in POSTS)

SPECS = (*SITE_SPECS, LOGO, *POST_SPECS[:2])


def fitted(image: CampaignImage, max_side: int, max_bytes: int) -> CampaignRendition:
    """Return the best picture for a post that has at most so many pixels a side and bytes, else the lightest.

    It holds nothing but the picture: the original was cleaned as it came in. Raises OSError and SourceImageIOError.
    """
    rendition: CampaignRendition
    for side, spec in POSTS:
        if side > max_side and spec != POST_SPECS[-1]:
            continue
        rendition = image.get_rendition(spec)
        if rendition.file.size <= max_bytes:
            break
    return rendition


def make_renditions(image: CampaignImage) -> None:
    """Make every size the site shows. A failure is logged; the next start of the site tries again."""
    try:
        image.get_renditions(*SPECS)
        image.refresh_from_db(fields=["sizes"])
    except Exception:
        logger.exception("renditions of image %s could not be made", image.pk)


def make_missing() -> int:
    """Make what images lack, after a new version of the site shows other sizes. Returns how many images lacked any."""
    from media.models.image import CampaignImage

    lacking = [image for image in CampaignImage.objects.iterator() if not image.has_all_sizes]
    for image in lacking:
        make_renditions(image)
    return len(lacking)
