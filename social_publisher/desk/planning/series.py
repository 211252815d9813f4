"""Posts that come again: making a series, seeing it whole, approving it as one, ending it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.panels import Panel

from content.numbers import number
from social_publisher.approval import service
from social_publisher.approval.audit import display_name
from social_publisher.approval.changes import changes_since_approval
from social_publisher.approval.errors import ApprovalError
from social_publisher.approval.history import touches
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.desk.base import FIRST_OF_TWO, DeskView
from social_publisher.desk.local_time import in_reach
from social_publisher.desk.native import day_input
from social_publisher.desk.planning.occurrences import Row, found_on, rows_of, usual_of
from social_publisher.models import Channel, Occurrence, Post, Series
from social_publisher.models.workflow import may_approve
from social_publisher.planning import series as planning
from social_publisher.planning.errors import PlanningError

PER_PAGE = 50
FOUR_WEEKS = timedelta(weeks=4)


class SeriesForm(forms.ModelForm):
    """How often, at which local time, from when until when."""

    class Meta:
        model = Series
        fields = ["every", "time", "time_zone", "starts_on", "ends_on"]
        widgets = {
            "time": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "starts_on": day_input(),
            "ends_on": day_input(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "ends_on"):
            self.fields[name].validators.append(in_reach)
        own = timezone.get_current_timezone_name()
        zones = {own, *Channel.objects.values_list("time_zone", flat=True)}
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=[(zone, zone) for zone in sorted(zones)],
            initial=own,
            help_text=_("The local time stays the same when clocks change."),
        )


class RepeatView(DeskView):
    """From a post to a series of it: the dates are shown, then the posts are made, as drafts."""

    permission = "social_publisher.add_post"
    template_name = "social_publisher/desk/planning/repeat.html"
    page_title = gettext_lazy("Repeat")
    header_icon = "rotate"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The post becomes part of the series, so it takes both permissions."""
        if not request.user.has_perm("social_publisher.change_post"):
            raise PermissionDenied(_("Your role does not include this screen. Ask an administrator."))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def source(self) -> Post:
        post: Post = get_object_or_404(Post, pk=self.kwargs["pk"])
        return post

    def get_page_subtitle(self) -> str:
        return str(self.source)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(
            source=self.source,
            form=kwargs.get("form") or SeriesForm(initial=self._first()),
            dates=kwargs.get("dates"),
            horizon=planning.HORIZON.days,
            most=planning.MOST,
        )
        return context

    def _first(self) -> dict[str, Any]:
        due_at = self.source.current().due_at or timezone.now() + timedelta(days=1)
        local = timezone.localtime(due_at)
        return {"starts_on": local.date(), "ends_on": local.date() + FOUR_WEEKS, "time": local.time()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the dates, or make the series."""
        form = SeriesForm(request.POST)
        dates: list[planning.Planned] | None = None
        if form.is_valid():
            series = form.save(commit=False)
            if "make" not in request.POST:
                dates = planning.planned(series, ledger_now())
            elif made := self._make(series, form):
                return redirect("social_planning:series", made.pk)
        response: HttpResponse = self.render_to_response(
            self.get_context_data(form=form, dates=_dates(dates, form) if dates is not None else None)
        )
        return response

    def _make(self, series: Series, form: SeriesForm) -> Series | None:
        try:
            made = planning.begin(series, self.source, self.request.user, ledger_now())
        except PlanningError as error:
            form.add_error(None, str(error))
            return None
        messages.success(self.request, _("The series is made. Submit it for approval when its text is ready."))
        return made


def _dates(planned: Sequence[planning.Planned], form: SeriesForm) -> list[tuple[datetime, bool]]:
    zone = ZoneInfo(form.cleaned_data["time_zone"])
    return [(item.due_at.astimezone(zone).replace(tzinfo=None), item.moved) for item in planned]


class SeriesView(DeskView):
    """One series: its text once, all its dates, and what can be done with it."""

    permission = "social_publisher.view_post"
    template_name = "social_publisher/desk/planning/series.html"
    page_title = gettext_lazy("Series")
    header_icon = "rotate"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("social_planning:series-index"), "label": _("Series of posts")}
        return [index, *super().get_breadcrumbs_items()]

    @cached_property
    def series(self) -> Series:
        rows = Series.objects.select_related("campaign", "source", "created_by")
        series: Series = get_object_or_404(rows, pk=self.kwargs["pk"])
        return series

    def get_page_subtitle(self) -> str:
        return str(self.series)

    @property
    def may_change(self) -> bool:
        return bool(self.request.user.has_perm("social_publisher.change_post"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows = rows_of(self.series)
        ahead = [row for row in rows if not row.is_out]
        deciding = [row for row in ahead if row.in_review and row.package and may_approve(row.post, self.request.user)]
        if deciding and not service.can_approve(deciding[0].post, self.request.user):
            deciding = []
        usual = usual_of(deciding or ahead)
        together = [row for row in deciding if row.like == usual]
        alike = together or [row for row in ahead if row.like == usual]
        shown = next((row for row in alike if row.package), None)
        context.update(
            series=self.series,
            rows=[row for row in ahead if row.like == usual],
            different=[row for row in ahead if row.like != usual],
            out=[row for row in rows if row.is_out],
            shown=shown,
            together=together,
            **(self._beside(shown, alike) if shown else {}),
            may_change=self.may_change and self.series.ended_at is None,
            to_submit=[row for row in ahead if not row.in_review and not row.is_approved],
        )
        return context

    def _beside(self, shown: Row, alike: Sequence[Row]) -> dict[str, Any]:
        """What helps to decide: the checks, what is new in what is shown, who wrote it, and whose hands were in any."""
        hands = {person for row in alike for person in (row.post.author, row.post.last_editor) if person is not None}
        return {
            "content": shown.post.current(),
            "findings": found_on(alike, timezone.now()),
            "changes": shown.package and changes_since_approval(shown.post, shown.package),
            "touches": touches(shown.post),
            "hands": sorted(map(display_name, hands)),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Approve, submit, replace or end; whatever stands against it is said."""
        if "approve" not in request.POST and not self.may_change:
            raise PermissionDenied(_("Your role does not include this. Ask an editor."))
        try:
            if "approve" in request.POST:
                self._approve()
            elif "submit" in request.POST:
                self._submit()
            elif "replace" in request.POST:
                self._replace()
            elif "end" in request.POST:
                stopped = planning.end(self.series, request.user, ledger_now())
                messages.success(request, _("The series has ended. Stopped: %(count)d.") % {"count": stopped})
        except (ApprovalError, PlanningError) as error:
            messages.error(request, str(error))
        return redirect(request.path)

    def _approve(self) -> None:
        seen = {
            pk: str(digest)
            for name, digest in self.request.POST.items()
            if name.startswith("seen-") and (pk := number(name.removeprefix("seen-")))
        }
        comment = self.request.POST.get("comment", "").replace("\0", "").strip()
        count = planning.approve(self.series, self.request.user, seen, comment)
        if count < len(seen):
            messages.success(self.request, FIRST_OF_TWO)
        if count:
            words = ngettext("%(count)d post is approved.", "%(count)d posts are approved.", count)
            messages.success(self.request, words % {"count": count})

    def _submit(self) -> None:
        count, problems = planning.submit(self.series, self.request.user)
        for problem in problems[:5]:
            messages.error(self.request, problem)
        if count:
            words = ngettext("%(count)d post waits for approval.", "%(count)d posts wait for approval.", count)
            messages.success(self.request, words % {"count": count})

    def _replace(self) -> None:
        source = get_object_or_404(Post, pk=number(self.request.POST["replace"]), series=self.series)
        count = planning.replace(self.series, source, self.request.user)
        words = ngettext("%(count)d post has the new text.", "%(count)d posts have the new text.", count)
        messages.success(self.request, words % {"count": count})


class SeriesIndexView(DeskView):
    """All series, those that go on first."""

    permission = "social_publisher.view_post"
    template_name = "social_publisher/desk/planning/series_index.html"
    page_title = gettext_lazy("Series of posts")
    header_icon = "rotate"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows = Series.objects.select_related("campaign", "source", "created_by").order_by("-ends_on", "-pk")
        context.update(page=Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p")), today=timezone.localdate())
        return context


class OccurrencePanel(Panel):
    """On top of the composer: of which series this post is."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "social_publisher/desk/planning/occurrence.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.series_id is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            occurrence = Occurrence.objects.filter(post_id=self.instance.pk).first()
            context.update(series=self.instance.series, occurrence=occurrence)
            return context
