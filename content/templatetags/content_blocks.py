"""What the blocks' templates need: pictures, links in the reader's language, numbers as the reader writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content.blocks.links import link_to
from media.renditions import CARD, FIGURE

register = template.Library()

_SIZES = {"figure": FIGURE, "card": CARD}

register.simple_tag(link_to, name="link_to")


@register.simple_tag
def block_picture(image: Any, size: str = "figure", alt: str = "") -> SafeString:
    """Show a picture of a block in one of the site's sizes; in a preview, a drawing in its place."""
    if not image:
        return SafeString()
    if getattr(image, "is_sample", False):
        return format_html('<img src="{}" alt="{}" width="1024" height="576">', image.url, alt)
    rendition = image.get_rendition(_SIZES[size])
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">',
        rendition.url,
        alt,
        rendition.width,
        rendition.height,
    )


@register.simple_tag
def picture_url(image: Any, size: str = "figure") -> str:
    """The address of a picture in one of the site's sizes."""
    return str(image.url if getattr(image, "is_sample", False) else image.get_rendition(_SIZES[size]).url)


@register.filter
def as_number(value: Any) -> str:
    """A number with the reader's own separators; words stay as they are."""
    if not isinstance(value, (Decimal, int)):
        return "" if value is None else str(value)
    exact = Decimal(value)
    shown = exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
    return number_format(shown, force_grouping=abs(shown) >= 10_000)
