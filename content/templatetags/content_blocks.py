"""What the blocks' templates need: pictures, links in the reader's language, numbers as the reader writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content.blocks.links import link_to
from media.pictures import picture_html
from media.renditions import SHAPES

register = template.Library()

register.simple_tag(link_to, name="link_to")


@register.simple_tag
def block_picture(image: Any, shape: str = "figure", alt: str = "") -> SafeString:
    """Show a picture of a block in one of the site's shapes; in a preview, a drawing in its place."""
    if not image:
        return SafeString()
    if getattr(image, "is_sample", False):
        return format_html('<img src="{}" alt="{}" width="1024" height="576">', image.url, alt)
    return picture_html(image, shape, alt=alt)


@register.simple_tag
def poster_url(image: Any) -> str:
    """The address of a video's still picture; the smallest there is, since a player cannot choose."""
    if not image:
        return ""
    made = (image.size(spec) for spec in SHAPES["figure"].webp)
    return next((size.url for size in made if size is not None), "")


@register.filter
def as_number(value: Any) -> str:
    """A number with the reader's own separators; words stay as they are."""
    if not isinstance(value, (Decimal, int)):
        return "" if value is None else str(value)
    exact = Decimal(value)
    shown = exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
    return number_format(shown, force_grouping=True)
