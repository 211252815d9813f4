"""Wiring: the videos in the admin's menu, and how fast AVIF is written."""

from __future__ import annotations

from wagtail import hooks
from wagtail.images.image_operations import FilterOperation
from wagtail.snippets.models import register_snippet

from media.admin import VideoViewSet
from media.avif import AvifSpeedOperation

register_snippet(VideoViewSet)


@hooks.register("register_image_operations")
def avif_speed() -> list[tuple[str, type[FilterOperation]]]:
    """Specs may say how much the encoder of AVIF hurries."""
    return [("avifspeed", AvifSpeedOperation)]
