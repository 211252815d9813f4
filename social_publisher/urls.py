"""Public addresses of this room."""

from __future__ import annotations

from django.urls import path

from social_publisher.desk.calendar.feed import feed
from social_publisher.engagement.views import follow
from social_publisher.rehearsal import views as rehearsal
from social_publisher.reports import api
from social_publisher.reports.metrics import metrics

urlpatterns = [
    path("go/<str:code>", follow, name="short-link"),
    path("calendar/<str:secret>.ics", feed, name="calendar-feed"),
    path("api/results/", api.campaigns, name="results-campaigns"),
    path("api/results/<slug:code>/", api.campaign, name="results-campaign"),
    path("metrics", metrics, name="metrics"),
    path("media/videos/<str:name>", rehearsal.video, name="video"),
    path("rehearsal/", rehearsal.wall, name="rehearsal-wall"),
    path("rehearsal/<uuid:public_id>/like", rehearsal.like, name="rehearsal-like"),
]
