"""The sizes the site shows. They are made when an image is stored, so that no reader's request has to."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from media.models.image import CampaignImage

logger = logging.getLogger(__name__)

HERO = "fill-1280x720|format-webp|webpquality-78"
CARD = "fill-640x360|format-webp|webpquality-78"
FIGURE = "width-1024|format-webp|webpquality-78"
POST = "max-1200x1200|format-jpeg|jpegquality-85"

SPECS = (HERO, CARD, FIGURE, POST)


def make_renditions(image: CampaignImage) -> None:
    """Make every size the site shows. A failure is logged and the size is made on first view instead."""
    try:
        image.get_renditions(*SPECS)
    except Exception:
        logger.exception("renditions of image %s could not be made", image.pk)
