"""The calendar's screen: months, weeks and lists in the person's own zone."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.urls import path, reverse
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton

from social_publisher.desk.base import DeskView, DeskViewSet
from social_publisher.desk.calendar import grids
from social_publisher.desk.calendar.dates import add_months, monday_of
from social_publisher.desk.calendar.feed import FeedView
from social_publisher.desk.calendar.filters import CalendarForm, Place
from social_publisher.desk.calendar.move import MoveView
from social_publisher.desk.posts import ADD

TABS = (("month", _("Month")), ("week", _("Week")), ("list", _("List")))


class CalendarView(DeskView):
    """What is planned, and what stands beside it. The address says everything that is shown."""

    permission = "social_publisher.view_post"
    template_name = "social_publisher/desk/calendar/index.html"
    page_title = _("Calendar")
    header_icon = "calendar"

    @cached_property
    def place(self) -> Place:
        """Where the address leads."""
        return Place.of(CalendarForm(self.request.GET), timezone.localdate())

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = [HeaderButton(_("Calendar feed"), url=reverse("social_calendar:feed"), icon_name="link", priority=20)]
        if self.request.user.has_perm("social_publisher.add_post"):
            buttons.append(HeaderButton(_("Write a post"), url=reverse(ADD), icon_name="plus", priority=10))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        place, zone, now = self.place, timezone.get_current_timezone(), timezone.now()
        context.update(
            place=place,
            today=timezone.localdate(),
            zone=timezone.get_current_timezone_name(),
            here=place.address(),
            title=_title(place),
            form=CalendarForm(initial={**place.filters.query(), "view": place.view, "date": place.day}),
            tabs=[(name, label, place.address(view=name)) for name, label in TABS],
            steps=_steps(place, timezone.localdate()),
            undated=place.address(view="undated"),
            may_move=self.request.user.has_perm(MoveView.permission),
            may_write=self.request.user.has_perm("social_publisher.add_post"),
            add=reverse(ADD),
        )
        if place.view == "month":
            context["weeks"] = grids.month(place, zone, now)
        elif place.view == "week":
            context["heads"], context["rows"] = grids.week(monday_of(place.day), place, zone, now)
        else:
            listing = grids.listing(place, self.request.GET.get("page", ""), zone, now)
            listed = place.view == "day" or place.filters.channel is not None
            free = listing.around.free
            context.update(listing=listing, free=free if listed else [], unlisted=0 if listed else len(free))
        if place.view != "undated":
            context["drawer"], context["drawer_has_more"] = grids.drawer(place.filters, zone)
        return context


class CalendarViewSet(DeskViewSet):
    permission = "social_publisher.view_post"
    name = "social_calendar"
    url_prefix = "social/calendar"
    icon = "calendar"
    menu_label = _("Calendar")

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", CalendarView.as_view(), name="index"),
            path("move/<int:pk>/", MoveView.as_view(), name="move"),
            path("feed/", FeedView.as_view(), name="feed"),
        ]


def _title(place: Place) -> str:
    if place.view == "undated":
        return gettext("Posts without a time")
    if place.view == "week":
        return gettext("Week of %(day)s") % {"day": formats.date_format(monday_of(place.day), "j F Y")}
    return formats.date_format(place.day, "l, j F Y" if place.view == "day" else "F Y")


def _steps(place: Place, today: date) -> dict[str, str]:
    """The addresses of what comes before, of today, and of what comes after."""
    if place.view == "undated":
        return {}
    if place.view in {"day", "week"}:
        step = timedelta(days=1 if place.view == "day" else 7)
        before, after = place.day - step, place.day + step
    else:
        before, after = add_months(place.day, -1), add_months(place.day, 1)
    return {
        "before": place.address(day=before),
        "today": place.address(day=today),
        "after": place.address(day=after),
    }
