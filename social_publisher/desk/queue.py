"""What leaves next, what is held and by what, what needs a person; and the pause switches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import WorkflowState

from content.records import Campaign
from social_publisher.delivery import pausing
from social_publisher.desk.base import DeskView
from social_publisher.desk.decide import DecideView
from social_publisher.desk.review import ReviewView
from social_publisher.desk.status import Standing, delivery_standing
from social_publisher.models import Channel, Delivery, Pause, Post
from social_publisher.models.ledger import State

SHOWN = 50


class PauseForm(forms.Form):
    """Hold or release one scope. Both empty means everything."""

    channel = forms.ModelChoiceField(Channel.objects.all(), required=False)
    campaign = forms.ModelChoiceField(Campaign.objects.all(), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=255, required=False)

    def clean(self) -> dict[str, Any]:
        """A pause has a reason, so that whoever finds it knows why."""
        data: dict[str, Any] = super().clean() or {}
        if "pause" in self.data and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why, so that whoever finds it knows."))
        return data


class QueueView(DeskView):
    """The queue as it is now."""

    permission = "social_publisher.view_delivery"
    template_name = "social_publisher/desk/queue.html"
    page_title = _("Queue")
    header_icon = "time"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows = Delivery.objects.select_related("post", "channel", "post__campaign", "post__launch")
        waiting = Q(state__in=[State.WAITING.value, State.ARMED.value])
        attention = Q(state__in=[State.FAILED.value, State.MISSED.value, State.UNKNOWN.value, State.NEEDS_PERSON.value])
        pauses = {(pause.channel_id, pause.campaign_id): pause for pause in Pause.objects.filter(lifted_at=None)}
        held = rows.filter(waiting).held().order_by("next_at")[:SHOWN]
        context.update(
            now=timezone.now(),
            next_rows=_with_badges(rows.filter(waiting).unheld().order_by("next_at")[:SHOWN]),
            held_rows=[(row, _held(row, pauses)) for row in held],
            attention_rows=_with_badges(rows.filter(attention).order_by("-state_changed_at")[:SHOWN]),
            stopped_rows=_with_badges(rows.filter(state=State.CANCELLED.value).order_by("-state_changed_at")[:10]),
            recent_rows=_with_badges(rows.filter(state=State.PUBLISHED.value).order_by("-published_at")[:10]),
            review_posts=_in_review(),
            channels=[(channel, pauses.get((channel.pk, None))) for channel in Channel.objects.all()],
            campaigns=[(campaign, pauses.get((None, campaign.pk))) for campaign in Campaign.objects.all()],
            everything=pauses.get((None, None)),
            may_decide=self.request.user.has_perm(DecideView.permission),
            may_pause=self.request.user.has_perm("social_publisher.add_pause"),
        )
        return context


class PauseView(DeskView):
    """Pauses or resumes one scope."""

    permission = "social_publisher.add_pause"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, say it, go back to the queue."""
        form = PauseForm(request.POST)
        if not form.is_valid():
            problem = next(iter(form.errors.values()))[0]
            messages.error(request, problem)
            return redirect(reverse("social_queue:index"))
        scope = {"channel": form.cleaned_data["channel"], "campaign": form.cleaned_data["campaign"]}
        name = scope["channel"] or scope["campaign"] or _("Everything")
        if "pause" in request.POST:
            pausing.pause(**scope, reason=form.cleaned_data["reason"].strip(), user=request.user)
            messages.warning(
                request, _("%(name)s is paused. Nothing of it leaves until you resume it.") % {"name": name}
            )
        else:
            pausing.resume(**scope, user=request.user)
            messages.success(request, _("%(name)s is resumed.") % {"name": name})
        return redirect(reverse("social_queue:index"))


class QueueViewSet(ViewSet):
    name = "social_queue"
    url_prefix = "social/queue"
    icon = "time"
    menu_label = _("Queue")

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", QueueView.as_view(), name="index"),
            path("pause/", PauseView.as_view(), name="pause"),
            path("decide/<int:pk>/", DecideView.as_view(), name="decide"),
            path("review/<int:pk>/", ReviewView.as_view(), name="review"),
        ]


def _with_badges(rows: Any) -> list[tuple[Delivery, Standing]]:
    return [(row, delivery_standing(row)) for row in rows]


def _held(row: Delivery, pauses: dict[tuple[int | None, int | None], Pause]) -> Standing:
    keys = [(None, None), (None, row.post.campaign_id), (row.channel_id, None)]
    pause = next((pauses[key] for key in keys if key in pauses), None)
    why = gettext("%(name)s is paused: %(reason)s") % {"name": pause, "reason": pause.reason} if pause else ""
    launch = row.post.launch
    if not pause and launch is not None and launch.seen_live_at is None:
        why = gettext("Waits for its page to be live. %(problem)s") % {"problem": launch.problem}
    return Standing(gettext("Held"), "warn", why)


def _in_review() -> list[Post]:
    states = WorkflowState.objects.filter(content_type=Post.get_content_type(), status=WorkflowState.STATUS_IN_PROGRESS)
    ids = [int(pk) for pk in states.values_list("object_id", flat=True)[:SHOWN]]
    return list(Post.objects.filter(pk__in=ids).select_related("campaign", "author"))
