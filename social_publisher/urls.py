"""Public addresses of this room."""

from __future__ import annotations

from django.urls import path

from social_publisher.desk.calendar.feed import feed
from social_publisher.engagement.views import follow
from social_publisher.rehearsal import views as rehearsal

urlpatterns = [
    path("go/<str:code>", follow, name="short-link"),
    path("calendar/<str:secret>.ics", feed, name="calendar-feed"),
    path("media/videos/<str:name>", rehearsal.video, name="video"),
    path("rehearsal/", rehearsal.wall, name="rehearsal-wall"),
    path("rehearsal/<uuid:public_id>/like", rehearsal.like, name="rehearsal-like"),
]
