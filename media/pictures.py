"""A picture's HTML: `<picture>` with AVIF, WebP for browsers without it, and room kept before it has come."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from media.renditions import SHAPES, Shape

if TYPE_CHECKING:
    from media.models.image import CampaignImage, Size

logger = logging.getLogger(__name__)

LAZY = mark_safe(' loading="lazy" decoding="async"')
FIRST = mark_safe(' fetchpriority="high"')


def picture_html(
    image: CampaignImage, shape_name: str, *, alt: str, priority: bool = False, sizes: str = "", css_class: str = ""
) -> SafeString:
    """Return the HTML of an image in a shape of `media.renditions.SHAPES`. Raises KeyError for an unknown shape.

    `priority` is for the one picture a page opens with; every other waits until it is near. No query, and no picture
    is made here unless none of the shape's sizes could be made before.
    """
    shape = SHAPES[shape_name]
    wanted = sizes or shape.sizes
    webp = _made(image, shape.webp) or _last_resort(image, shape)
    avif = _made(image, shape.avif)
    if not webp and not avif:
        return SafeString("")
    plain = (webp or avif)[min(1, len(webp or avif) - 1)] if priority else (webp or avif)[0]
    source = _source(avif, wanted) if avif and webp else ""
    several = len(webp) > 1
    return format_html(
        '<picture{}>{}<img src="{}"{} alt="{}" width="{}" height="{}"{}></picture>',
        format_html(' class="{}"', css_class) if css_class else "",
        source,
        plain.url,
        format_html(' srcset="{}" sizes="{}"', _srcset(webp), wanted) if several else "",
        alt,
        plain.width,
        plain.height,
        FIRST if priority else LAZY,
    )


def _source(found: list[Size], sizes: str) -> SafeString:
    return format_html('<source type="image/avif" srcset="{}" sizes="{}">', _srcset(found), sizes)


def _srcset(found: list[Size]) -> str:
    return ", ".join(f"{size.url} {size.width}w" for size in found)


def _made(image: CampaignImage, specs: tuple[str, ...]) -> list[Size]:
    """The sizes there are, each width once: a small original is never enlarged."""
    by_width = {size.width: size for spec in specs if (size := image.size(spec)) is not None}
    return [by_width[width] for width in sorted(by_width)]


def _last_resort(image: CampaignImage, shape: Shape) -> list[Size]:
    """One size, made now: better a slow page once than a page without its picture."""
    if _made(image, shape.avif):
        return []
    logger.warning("image %s had no size for its page; one was made in a request", image.pk)
    try:
        image.get_rendition(shape.webp[0])
        image.refresh_from_db(fields=["sizes"])
    except Exception:
        logger.exception("image %s cannot be shown", image.pk)
    return _made(image, shape.webp)
