"""The sizes the site shows. They are made when an image is stored, so that no reader's request has to."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from media.models.image import CampaignImage, CampaignRendition

logger = logging.getLogger(__name__)

HERO = "fill-1280x720|format-webp|webpquality-78"
CARD = "fill-640x360|format-webp|webpquality-78"
FIGURE = "width-1024|format-webp|webpquality-78"
# A programme's logo beside the EU emblem, twice as large as shown; made when the programme is saved.
LOGO = "max-192x128|format-png"
# Pictures of posts, best first: longest side in pixels and the size made of the original. Every network takes JPEG.
POSTS = (
    (2048, "max-2048x2048|format-jpeg|jpegquality-86"),
    (1600, "max-1600x1600|format-jpeg|jpegquality-80"),
    (1200, "max-1200x1200|format-jpeg|jpegquality-72"),
    (800, "max-800x800|format-jpeg|jpegquality-60"),
)
POST_SPECS = tuple(spec for _side, spec in POSTS)

SPECS = (HERO, CARD, FIGURE, *POST_SPECS[:2])


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
    """Make every size the site shows. A failure is logged and the size is made on first view instead."""
    try:
        image.get_renditions(*SPECS)
    except Exception:
        logger.exception("renditions of image %s could not be made", image.pk)
