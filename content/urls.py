"""What this room serves beside pages."""

from __future__ import annotations

from django.urls import path

from content import videos

urlpatterns = [
    path("media/library/videos/<int:pk>.mp4", videos.video, name="library-video"),
    path("media/library/captions/<int:pk>.vtt", videos.captions, name="library-captions"),
]
