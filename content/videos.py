"""Videos of the library and their captions, for readers: only those that a published page shows."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from content.pages.base import BodyMixin
from media.models import CampaignVideo, VideoCaptions
from media.ranges import ranged


@require_safe
def video(request: HttpRequest, pk: int) -> FileResponse | HttpResponse:
    """Send a video, or the range of it that a player asks for."""
    found = get_object_or_404(CampaignVideo, pk=pk)
    _require_visible(request, found)
    name = found.file.name or ""
    return ranged(request, default_storage.open(name), default_storage.size(name), "video/mp4")


@require_safe
def captions(request: HttpRequest, pk: int) -> FileResponse:
    """Send a video's captions in one language."""
    found = get_object_or_404(VideoCaptions.objects.select_related("video"), pk=pk)
    _require_visible(request, found.video)
    return FileResponse(found.file.open(), content_type="text/vtt; charset=utf-8")


def _require_visible(request: HttpRequest, found: CampaignVideo) -> None:
    """A video is public when a published page that anybody may read shows it; staff see all, for their previews.

    Wagtail's reference index is not asked: it follows drafts.
    """
    if request.user.has_perm("wagtailadmin.access_admin"):
        return
    shown = [{"type": "video", "value": {"video": found.pk}}]
    if not any(model.objects.live().public().filter(body__contains=shown).exists() for model in _with_text()):
        raise Http404("no published page shows this video")


def _with_text() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, BodyMixin)]
