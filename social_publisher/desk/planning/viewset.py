"""The addresses of planning ahead."""

from __future__ import annotations

from typing import Any

from django.urls import path, re_path
from wagtail.admin.viewsets.base import ViewSet

from social_publisher.desk.importing.views import CheckView, ImportView, TemplateView
from social_publisher.desk.planning.series import RepeatView, SeriesIndexView, SeriesView
from social_publisher.desk.planning.times import NextSlotView, PostingTimesView


class PlanningViewSet(ViewSet):
    name = "social_planning"
    url_prefix = "social/planning"

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("times/<int:pk>/", PostingTimesView.as_view(), name="times"),
            path("next-slot/", NextSlotView.as_view(), name="next-slot"),
            path("series/", SeriesIndexView.as_view(), name="series-index"),
            path("series/<int:pk>/", SeriesView.as_view(), name="series"),
            path("repeat/<int:pk>/", RepeatView.as_view(), name="repeat"),
            path("import/", ImportView.as_view(), name="import"),
            path("import/check/", CheckView.as_view(), name="import-check"),
            re_path(r"^import/template\.(?P<form>csv|xlsx)$", TemplateView.as_view(), name="template"),
        ]
