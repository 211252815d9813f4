"""A channel's weekly posting times, and the next free one for the composer."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import Panel

from social_publisher.desk.base import DeskView
from social_publisher.desk.local_time import SHOWN, readings
from social_publisher.messages.slots import WeeklyTime
from social_publisher.models import Channel
from social_publisher.models.channel import validate_time_zone
from social_publisher.models.planning import Weekday
from social_publisher.planning import timetable
from social_publisher.planning.errors import PlanningError

MOST_A_DAY = 24
# No free time is looked for after that.
FARTHEST = timedelta(days=10 * 365)


class PostingTimesView(DeskView):
    """The week of one channel. Whoever may change channels changes it, whoever may see them sees it."""

    permission = "social_publisher.view_channel"
    template_name = "social_publisher/desk/planning/times.html"
    page_title = gettext_lazy("Posting times")
    header_icon = "time"

    @cached_property
    def channel(self) -> Channel:
        channel: Channel = get_object_or_404(Channel, pk=self.kwargs["pk"])
        return channel

    def get_page_subtitle(self) -> str:
        return str(self.channel)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        channels = {"url": reverse("wagtailsnippets_social_publisher_channel:list"), "label": _("Channels")}
        edit = {"url": channel_url(self.channel), "label": str(self.channel)}
        return [channels, edit, *super().get_breadcrumbs_items()]

    @property
    def may_change(self) -> bool:
        return bool(self.request.user.has_perm("social_publisher.change_channel"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        typed: dict[int, list[str]] | None = kwargs.get("typed")
        if typed is None:
            typed = {day: [] for day in Weekday.values}
            for weekday, at in sorted(timetable.times_of([self.channel]).get(self.channel.pk, [])):
                typed[weekday].append(f"{at:%H:%M}")
        context.update(
            channel=self.channel,
            may_change=self.may_change,
            days=[(day, day.label, typed[day]) for day in Weekday],
            problem=kwargs.get("problem", ""),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the week as it was sent; a time that cannot be read is said and nothing is lost."""
        if not self.may_change:
            raise PermissionDenied(_("Your role does not include this. Ask whoever manages channels."))
        typed = {day: [text for text in request.POST.getlist(f"day-{day}") if text.strip()] for day in Weekday.values}
        try:
            times = _week(typed)
        except ValidationError as error:
            response: HttpResponse = self.render_to_response(
                self.get_context_data(typed=typed, problem=error.messages[0])
            )
            return response
        timetable.set_times(self.channel, times, request.user)
        messages.success(request, _("The posting times of %(channel)s are saved.") % {"channel": self.channel})
        return redirect(request.path)


def channel_url(channel: Channel) -> str:
    """Where a channel is edited."""
    return reverse("wagtailsnippets_social_publisher_channel:edit", args=[channel.pk])


def _week(typed: dict[int, list[str]]) -> set[WeeklyTime]:
    field = forms.TimeField(input_formats=["%H:%M", "%H:%M:%S"])
    found: set[WeeklyTime] = set()
    for day, texts in typed.items():
        times: set[time] = set()
        for text in texts:
            try:
                times.add(field.clean(text))
            except ValidationError as error:
                words = _("%(day)s: “%(text)s” is no time. Write it as 09:30.")
                raise ValidationError(words % {"day": Weekday(day).label, "text": text}) from error
        if len(times) > MOST_A_DAY:
            words = _("%(day)s has more than %(most)d times. Take some away.")
            raise ValidationError(words % {"day": Weekday(day).label, "most": MOST_A_DAY})
        found |= {(day, at) for at in times}
    return found


class NextSlotForm(forms.Form):
    """What the composer asks: on which channel, later than when, for which post, and in which zone to say it."""

    channel = forms.ModelChoiceField(Channel.objects.all())
    offset = forms.IntegerField(required=False, min_value=0, max_value=7 * 24 * 60)
    after = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M:%S%z"])
    post = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    zone = forms.CharField(required=False, max_length=64, validators=[validate_time_zone])


class NextSlotView(DeskView):
    """Answers the composer's button with the channel's next free posting time."""

    permission = "social_publisher.add_post"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The time as the composer's field takes it, and in words. 400 with the reason where there is none."""
        form = NextSlotForm(request.GET)
        if not form.is_valid():
            return JsonResponse({"problem": _("Choose a channel first.")}, status=400)
        asked = form.cleaned_data
        now = timezone.now()
        after = min(max(now, asked["after"] or now), now + FARTHEST)
        try:
            slot = timetable.next_free(asked["channel"], after, [asked["post"]] if asked["post"] else [])
        except PlanningError as error:
            return JsonResponse({"problem": str(error)}, status=400)
        return JsonResponse(_answer(slot, asked))


def _answer(slot: datetime, asked: dict[str, Any]) -> dict[str, str]:
    channel: Channel = asked["channel"]
    zone = ZoneInfo(asked["zone"]) if asked["zone"] else timezone.get_current_timezone()
    local = (slot - timedelta(minutes=asked["offset"] or 0)).astimezone(zone).replace(tzinfo=None)
    there = slot.astimezone(channel.zone)
    return {
        "slot": slot.isoformat(timespec="seconds"),
        "local": local.strftime(SHOWN),
        # The first of a time that comes twice, as the composer asks about it.
        "reading": "0" if len(readings(local, zone)) > 1 else "",
        "words": _("%(channel)s: %(time)s in %(zone)s.")
        % {
            "channel": channel,
            "time": formats.date_format(there.replace(tzinfo=None), "l j M Y, H:i"),
            "zone": channel.time_zone,
        },
    }


class PostingTimesPanel(Panel):
    """On a channel's screen: its posting times in short, and the way to change them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "social_publisher/desk/planning/times_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            times = sorted(timetable.times_of([self.instance]).get(self.instance.pk, []))
            days = [(day.label, [at for weekday, at in times if weekday == day]) for day in Weekday]
            context.update(channel=self.instance, days=[(label, found) for label, found in days if found])
            return context


class NextSlotPanel(Panel):
    """In the composer's "When": fills the time with the first chosen channel's next free posting time."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "social_publisher/desk/planning/next_slot.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context.update(post=self.instance)
            return context
