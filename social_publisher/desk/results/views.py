"""The screens of results. Each asks the database the same number of times, whatever stands in the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from content.records import Campaign
from social_publisher.desk.base import DeskView, DeskViewSet, number
from social_publisher.desk.results import charts
from social_publisher.desk.results.period_form import PeriodForm
from social_publisher.engagement import results
from social_publisher.engagement.figures import Figures
from social_publisher.engagement.periods import Period, today

PERMISSION = "social_publisher.view_engagementsnapshot"
POSTS_A_PAGE, EXTREMES, LINKS, HOURS = 25, 5, 10, 24
# No campaign has as many posts, and the database counts no further than it can.
LAST_PAGE = 1_000_000
Row = tuple[str, Figures]


class ResultsView(DeskView):
    """A screen about a period."""

    permission = PERMISSION
    page_title = gettext_lazy("Results")
    header_icon = "globe"

    @cached_property
    def form(self) -> PeriodForm:
        """The days, from the address."""
        return PeriodForm(self.request.GET, today())

    @property
    def period(self) -> Period:
        """The days that are shown."""
        return self.form.chosen

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "form": self.form, "period": self.period, "rolled_up_at": results.rolled_up_at()}


class OverviewView(ResultsView):
    """All campaigns side by side, and what they brought by channel and language."""

    template_name = "social_publisher/desk/results/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        campaigns = list(Campaign.objects.select_related("project").order_by("name"))
        published = results.published(self.period)
        brought = results.by_campaign(campaigns, self.period)
        before = results.by_campaign(campaigns, self.period.before) if self.period.before else {}
        parts = results.by_channel_and_language(campaigns, self.period)
        context.update(
            rows=[
                (row, published.get(row.pk, 0), brought.get(row.pk, Figures()), before.get(row.pk, Figures()))
                for row in campaigns
            ],
            total=Figures.sum(brought.values()),
            channels=grouped(parts, lambda key: key[0]),
            languages=grouped(parts, lambda key: language_name(key[1])),
        )
        return context


class CampaignView(ResultsView):
    """A campaign at a glance."""

    template_name = "social_publisher/desk/results/campaign.html"

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign of the address."""
        return get_object_or_404(Campaign.objects.select_related("project"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.campaign.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("social_results:index"), "label": self.page_title},
            {"url": "", "label": self.campaign.name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        period, only = self.period, [self.campaign]
        days = results.by_day(only, period)
        steps, weeks = charts.steps_of(days, period), charts.weeks_of(results.by_hour_of_week(only, period))
        parts, ranked = results.by_channel_and_language(only, period), results.ranked(self.campaign)
        best, worst = results.extremes(ranked, period, EXTREMES)
        context.update(
            campaign=self.campaign,
            standing=results.standing(self.campaign),
            total=Figures.sum(days.values()),
            before=results.by_campaign(only, period.before).get(self.campaign.pk) if period.before else None,
            steps=list(reversed(steps)),
            step_chart=charts.over_time(steps),
            weeks=weeks,
            week_days=period.shortened(results.WEEK_DAYS),
            week_chart=charts.over_week(weeks),
            channels=grouped(parts, lambda key: key[0]),
            languages=grouped(parts, lambda key: language_name(key[1])),
            best=best,
            worst=worst,
            links=named_links(results.links(ranked, LINKS)),
            **self._posts(),
            **last_hours(self.campaign),
        )
        return context

    def _posts(self) -> dict[str, Any]:
        """A page of posts; one more is read to know whether there are others."""
        page = min(max(number(self.request.GET.get("page", "")), 1), LAST_PAGE)
        first = (page - 1) * POSTS_A_PAGE
        rows = list(results.posts(self.campaign, self.period)[first : first + POSTS_A_PAGE + 1])
        more = page + 1 if len(rows) > POSTS_A_PAGE else 0
        return {"posts": results.brought(rows[:POSTS_A_PAGE]), "earlier": more, "later": page - 1}


class LastHoursView(DeskView):
    """The part of a campaign's screen that is asked for again every few seconds."""

    permission = PERMISSION

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        campaign = get_object_or_404(Campaign, pk=self.kwargs["pk"])
        context = {"campaign": campaign, **last_hours(campaign)}
        return render(request, "social_publisher/desk/results/last_hours.html", context)


def last_hours(campaign: Campaign) -> dict[str, Any]:
    """The last day hour by hour, as chart and table."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    moments = [now - timedelta(hours=HOURS - 1 - step) for step in range(HOURS)]
    found = results.by_hour(campaign, moments[0], moments[-1])
    hours = [(timezone.localtime(moment), found.get(moment, Figures())) for moment in moments]
    return {
        "hours": [(moment, figures) for moment, figures in reversed(hours) if figures != Figures()],
        "hour_chart": charts.over_hours(hours),
        "hours_total": Figures.sum(figures for _moment, figures in hours),
    }


def grouped(parts: Mapping[tuple[str, str], Figures], name: Callable[[tuple[str, str]], str]) -> list[Row]:
    """The parts under fewer names, in their order."""
    names: dict[str, list[Figures]] = {}
    for key, figures in parts.items():
        names.setdefault(name(key), []).append(figures)
    return [(key, Figures.sum(some)) for key, some in sorted(names.items())]


def language_name(code: str) -> str:
    """A language in the reader's own."""
    return str(dict(settings.LANGUAGES).get(code, code))


def named_links(rows: list[tuple[Any, str, int]]) -> list[tuple[str, str, int]]:
    """Where links lead: title or address, address, clicks."""
    pages = Page.objects.in_bulk([page for page, _url, _clicks in rows if page])
    found = []
    for pk, url, clicks in rows:
        page = pages.get(pk)
        named = (page.title, page.full_url or "") if page else (url, url)
        found.append((named[0] or _("A page that was deleted"), named[1], clicks))
    return found


class ResultsViewSet(DeskViewSet):
    permission = PERMISSION
    name = "social_results"
    url_prefix = "social/results"
    icon = "globe"
    menu_label = gettext_lazy("Results")

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", OverviewView.as_view(), name="index"),
            path("<int:pk>/", CampaignView.as_view(), name="campaign"),
            path("<int:pk>/last-hours/", LastHoursView.as_view(), name="last_hours"),
        ]
