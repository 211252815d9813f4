"""Wiring: the videos in the admin's menu."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from media.admin import VideoViewSet

register_snippet(VideoViewSet)
