"""`{% picture page.image "hero" alt=page.image_alt priority=True %}`: the only way a public page shows an image."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from media.models import CampaignImage
from media.pictures import picture_html

register = template.Library()


@register.simple_tag
def picture(
    image: CampaignImage | None,
    shape: str,
    alt: str | None = None,
    priority: bool = False,
    sizes: str = "",
    css_class: str = "",
) -> SafeString:
    """Show an image as "hero", "card", "figure" or "portrait". Without `alt` its description in the library is used;
    decoration has `alt=""`. `priority` is for the picture a page opens with; `sizes` says how wide it stands, where
    that is not the shape's own."""
    if image is None:
        return SafeString("")
    text = image.description if alt is None else alt
    return picture_html(image, shape, alt=text, priority=priority, sizes=sizes, css_class=css_class)
