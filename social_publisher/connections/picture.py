"""The account's picture, kept here, so that no screen asks anybody else for it."""

from __future__ import annotations

import io
import logging
from uuid import uuid4

import httpx
from django.core.files.base import ContentFile
from PIL import Image

from social_publisher.models import Channel

logger = logging.getLogger(__name__)

MOST_BYTES = 2_000_000
SIDE = 96
SECONDS = 5.0


def fetch(channel: Channel, url: str) -> bool:
    """Keep a small copy of the picture, and return whether there is one. A channel without a picture is fine."""
    if not url:
        return False
    try:
        content = small(_read(url))
    except (httpx.HTTPError, httpx.InvalidURL, Image.DecompressionBombError, OSError, ValueError) as error:
        logger.info("the picture of %s could not be taken over (%s)", channel, type(error).__name__)
        return False
    if channel.picture:
        channel.picture.delete(save=False)
    channel.picture.save(f"{uuid4().hex}.png", ContentFile(content), save=False)
    Channel.objects.filter(pk=channel.pk).update(picture=channel.picture.name)
    return True


def small(content: bytes) -> bytes:
    """Return a picture as a PNG of at most 96 by 96, without anything else that was in the file."""
    with Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", (SIDE, SIDE))
        drawn = image.convert("RGBA")
    drawn.thumbnail((SIDE, SIDE))
    target = io.BytesIO()
    drawn.save(target, format="PNG")
    return target.getvalue()


def _read(url: str) -> bytes:
    with httpx.stream("GET", url, timeout=SECONDS, follow_redirects=True, trust_env=False) as response:
        response.raise_for_status()
        content = b""
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > MOST_BYTES:
                raise ValueError("the picture is too large")
        return content
