"""What leaves next, what is held and by what, what needs a person, what was missed; live."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from content.numbers import number
from content.records import Campaign
from social_publisher.approval.break_glass import unsigned
from social_publisher.desk.base import DeskView, DeskViewSet
from social_publisher.desk.decide import DecideView
from social_publisher.desk.pauses import PAUSE, PauseEverythingView, PauseView
from social_publisher.desk.queue_sections import (
    EVERYTHING,
    SECTIONS,
    badge_of,
    queue,
    standing_holds,
    stretch,
    summary,
)
from social_publisher.desk.review import ReviewView
from social_publisher.desk.takedown import open_takedowns
from social_publisher.models import Channel, Post

IN_REVIEW = 50
PAGE = 50


class QueueView(DeskView):
    """The queue as it is now."""

    permission = "social_publisher.view_delivery"
    template_name = "social_publisher/desk/queue/index.html"
    page_title = _("Queue")
    header_icon = "time"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        now, holds = timezone.now(), standing_holds()
        parts = queue(now, holds)
        user = self.request.user
        context.update(
            now=now,
            parts=parts,
            summary=summary(parts),
            review_posts=in_review() if user.has_perm("social_publisher.view_post") else [],
            everything=holds.get(EVERYTHING),
            unsigned=unsigned(IN_REVIEW) if user.has_perm("social_publisher.view_post") else [],
            takedowns=open_takedowns(IN_REVIEW) if user.has_perm("social_publisher.view_takedown") else [],
            may_decide=user.has_perm(DecideView.permission),
            may_pause=user.has_perm(PAUSE),
        )
        if context["may_pause"]:
            context.update(
                channels=[(channel, holds.get((channel.pk, None))) for channel in Channel.objects.all()],
                campaigns=[(campaign, holds.get((None, campaign.pk))) for campaign in Campaign.objects.all()],
            )
        return context


class LiveQueueView(QueueView):
    """The part of the queue that changes, for a screen that is open; answers 304 when nothing has."""

    template_name = "social_publisher/desk/queue/live.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The fragment, or word that the one at hand is still right."""
        response: HttpResponse = self.render_to_response(self.get_context_data(**kwargs))
        response.render()  # type: ignore[attr-defined]
        tag = f'"{hashlib.sha256(_without_now(response.content)).hexdigest()}"'
        if request.headers.get("If-None-Match") == tag:
            return HttpResponseNotModified()
        response["ETag"] = tag
        response["Cache-Control"] = "private, no-cache"
        return response


class SectionView(DeskView):
    """One section of the queue, page by page."""

    permission = "social_publisher.view_delivery"
    template_name = "social_publisher/desk/queue/section_page.html"
    header_icon = "time"

    def get_page_title(self) -> str:
        return str(self._section.heading)

    @property
    def _section(self) -> Any:
        try:
            return SECTIONS[self.kwargs["key"]]
        except KeyError as error:
            raise Http404 from error

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        section, holds = self._section, standing_holds()
        wanted = number(self.request.GET.get("p", "")) or 1
        rows = section.rows(timezone.now(), holds)
        try:
            page = Paginator(rows, PAGE).page(wanted)
        except EmptyPage as error:
            raise Http404 from error
        badge = badge_of(section, holds)
        context.update(
            section=section,
            page=page,
            rows=[(row, badge(row)) for row in stretch(rows, page.start_index() - 1, page.end_index())],
            may_decide=self.request.user.has_perm(DecideView.permission),
        )
        return context


class QueueViewSet(DeskViewSet):
    permission = "social_publisher.view_delivery"
    name = "social_queue"
    url_prefix = "social/queue"
    icon = "time"
    menu_label = _("Queue")

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", QueueView.as_view(), name="index"),
            path("live/", LiveQueueView.as_view(), name="live"),
            path("list/<str:key>/", SectionView.as_view(), name="section"),
            path("pause/", PauseView.as_view(), name="pause"),
            path("pause/everything/", PauseEverythingView.as_view(), name="pause_everything"),
            path("decide/<int:pk>/", DecideView.as_view(), name="decide"),
            path("review/<int:pk>/", ReviewView.as_view(), name="review"),
        ]


def in_review() -> list[Post]:
    """The posts that wait for a second person, oldest submission first."""
    states = WorkflowState.objects.filter(content_type=Post.get_content_type(), status=WorkflowState.STATUS_IN_PROGRESS)
    ids = [int(pk) for pk in states.order_by("created_at").values_list("object_id", flat=True)[:IN_REVIEW]]
    return list(Post.objects.filter(pk__in=ids).select_related("campaign", "author", "plan").order_by("plan__due_at"))


def _without_now(content: bytes) -> bytes:
    """The fragment without the time it tells, which always differs."""
    return re.sub(rb'data-now="[^"]*"', b"", content, count=1)
