"""The account's picture, kept here, so that no screen asks anybody else for it."""

from __future__ import annotations

import io
import logging
import time
from uuid import uuid4

import httpx
from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image

from social_publisher.models import Channel
from social_publisher.networks.servers import public_request

logger = logging.getLogger(__name__)

MOST_BYTES = 2_000_000
MOST_PIXELS = 4_000_000
MOST_REDIRECTS = 3
SIDE = 96
SECONDS = 5.0
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def fetch(channel: Channel, url: str) -> bool:
    """Keep a small copy of the picture, and return whether there is one. A channel without a picture is fine.

    The address is what a server told, which may be anybody's: only public machines are asked, by https.
    """
    if not url:
        return False
    try:
        content = small(_read(url, time.monotonic() + SECONDS))
    except Exception as error:
        logger.info("the picture of %s could not be taken over (%s)", channel, type(error).__name__)
        return False
    old = channel.picture.name
    channel.picture.save(f"{uuid4().hex}.png", ContentFile(content), save=False)
    Channel.objects.filter(pk=channel.pk).update(picture=channel.picture.name)
    if old:
        channel.picture.storage.delete(old)
    return True


def small(content: bytes) -> bytes:
    """Return a picture as a PNG of at most 96 by 96, without anything else that was in the file. Raises OSError and
    ValueError."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError("the picture has too many pixels")
        image.draft("RGB", (SIDE, SIDE))
        drawn = image.convert("RGBA")
    drawn.thumbnail((SIDE, SIDE))
    target = io.BytesIO()
    drawn.save(target, format="PNG")
    return target.getvalue()


def _read(url: str, until: float) -> bytes:
    for _step in range(MOST_REDIRECTS + 1):
        with httpx.Client(timeout=SECONDS, trust_env=False) as client:
            response = client.send(_request(httpx.URL(url)), stream=True)
            try:
                if not response.is_redirect:
                    return _taken(response.raise_for_status(), until)
                url = str(httpx.URL(url).join(response.headers["location"]))
            finally:
                response.close()
    raise ValueError("too many redirects")


def _request(url: httpx.URL) -> httpx.Request:
    headers = {"Accept-Encoding": "identity"}
    on_loopback = settings.NETWORKS_ON_LOOPBACK
    return public_request("GET", url, seconds=SECONDS, headers=headers, allow_loopback=on_loopback)


def _taken(response: httpx.Response, until: float) -> bytes:
    content = b""
    for chunk in response.iter_raw():
        content += chunk
        if len(content) > MOST_BYTES or time.monotonic() > until:
            raise ValueError("the picture is too large or too slow")
    return content
