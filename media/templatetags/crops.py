"""`{% image_crops image %}`: how a picture is cut, on the screen on which its focal point is set."""

from __future__ import annotations

from typing import Any

from django import template

from media.crops import crops
from media.models import CampaignImage

register = template.Library()


@register.inclusion_tag("media/crops.html")
def image_crops(image: CampaignImage) -> dict[str, Any]:
    """Show every cut."""
    return {"crops": crops(image)}
