"""Public addresses of this room that are no pages; `localized` ones stand below each language's prefix."""

from __future__ import annotations

from django.urls import path

from content import videos
from content.contact.views import send

urlpatterns = [
    path("media/library/videos/<int:pk>.mp4", videos.video, name="library-video"),
    path("media/library/captions/<int:pk>.vtt", videos.captions, name="library-captions"),
]
localized = [path("contact-message/<int:page_id>/", send, name="contact-send")]
