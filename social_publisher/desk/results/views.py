"""The screens of results. Each asks the database the same number of times, whatever stands in the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from content.numbers import number
from content.records import Campaign
from content.records.languages import language_name
from social_publisher.desk.base import DeskView, DeskViewSet
from social_publisher.desk.results import charts
from social_publisher.desk.results.files import ARCHIVE, ArchiveView, ReportForm, ReportView
from social_publisher.desk.results.keys import KeysView
from social_publisher.desk.results.period_form import PeriodForm
from social_publisher.engagement import results, site_numbers
from social_publisher.engagement.figures import Figures
from social_publisher.engagement.periods import Period, today
from social_publisher.engagement.steps import steps_of
from social_publisher.reports.indicators import counts_of, indicators, project_indicators

PERMISSION = "social_publisher.view_engagementsnapshot"
POSTS_A_PAGE, EXTREMES, LINKS, PAGES, HOURS = 25, 5, 10, 20, 24
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

    @cached_property
    def networks(self) -> results.Networks:
        """Whose posts are counted: rehearsals are no result once there is an account on a public network, unless
        somebody asks for them."""
        return None if self.form.with_rehearsals else results.shown_networks()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "form": self.form,
            "period": self.period,
            "rolled_up_at": results.rolled_up_at(),
            "rehearsal": self.networks is None,
        }


class OverviewView(ResultsView):
    """All campaigns side by side, and what they brought by channel and language."""

    template_name = "social_publisher/desk/results/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        campaigns = list(Campaign.objects.select_related("project").order_by("name"))
        published = results.published(self.period, self.networks)
        brought = results.by_campaign(campaigns, self.period, self.networks)
        before = results.by_campaign(campaigns, self.period.before, self.networks) if self.period.before else {}
        parts = results.by_channel_and_language(campaigns, self.period, self.networks)
        context.update(
            rows=[
                (row, published.get(row.pk, 0), brought.get(row.pk, Figures()), before.get(row.pk, Figures()))
                for row in campaigns
            ],
            total=Figures.sum(brought.values()),
            channels=grouped(parts, lambda key: key[0]),
            languages=grouped(parts, lambda key: language_name(key[1])),
            report_form=ReportForm(self.request.user).offering(),
        )
        return context


class CampaignView(ResultsView):
    """A campaign at a glance."""

    template_name = "social_publisher/desk/results/campaign.html"

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign of the address."""
        return get_object_or_404(Campaign.objects.select_related("project", "reporting"), pk=self.kwargs["pk"])

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
        period, only, networks = self.period, [self.campaign], self.networks
        days, before = self._days()
        steps, weeks = steps_of(days, period), charts.weeks_of(results.by_hour_of_week(only, period, networks))
        parts, ranked = results.by_channel_and_language(only, period, networks), results.ranked(self.campaign, networks)
        site = site_numbers.of_campaign(self.campaign, period)
        total, standing = Figures.sum(days.values()), results.standing(self.campaign, networks)
        ever = total if period.first is None else self._ever()
        counts = counts_of(ever, self._posts_ever(standing), site.reads_ever, site.downloads_ever)
        links = results.links(ranked, LINKS)
        pages = Page.objects.in_bulk([page for page, *_rest in (*links, *site.pages) if page])
        context.update(
            campaign=self.campaign,
            standing=standing,
            total=total,
            before=before,
            site=site,
            indicators=indicators(only, period.last, {self.campaign.pk: counts}),
            project_indicators=project_indicators(self.campaign.project),
            steps=list(reversed(steps)),
            step_chart=charts.over_time(steps),
            weeks=weeks,
            week_days=period.shortened(results.WEEK_DAYS),
            week_chart=charts.over_week(weeks),
            channels=grouped(parts, lambda key: key[0]),
            languages=grouped(parts, lambda key: language_name(key[1])),
            links=named_links(links, pages),
            pages=named_pages(site.pages[:PAGES], pages),
            report_form=ReportForm(self.request.user),
            may_archive=self.request.user.has_perm(ARCHIVE),
            **self._posts(ranked),
            **last_hours(self.campaign, networks),
        )
        return context

    def _days(self) -> tuple[dict[date, Figures], Figures | None]:
        """What each day brought, and what as many days before brought together. One query."""
        period, before = self.period, self.period.before
        if before is None:
            return results.by_day([self.campaign], period, self.networks), None
        both = results.by_day([self.campaign], Period(before.first, period.last), self.networks)
        days = {day: figures for day, figures in both.items() if period.first is None or day >= period.first}
        return days, Figures.sum(figures for day, figures in both.items() if day not in days)

    def _ever(self) -> Figures:
        until = Period(None, self.period.last)
        return results.by_campaign([self.campaign], until, self.networks).get(self.campaign.pk, Figures())

    def _posts_ever(self, standing: results.Standing) -> int:
        """Posts that left until the period's end."""
        if self.period.last >= today():
            return standing.published
        return results.published(Period(None, self.period.last), self.networks).get(self.campaign.pk, 0)

    def _posts(self, ranked: list[results.Ranked]) -> dict[str, Any]:
        """A page of posts, one more to know whether there are others, and the posts that did best and worst."""
        page = min(max(number(self.request.GET.get("page", "")), 1), LAST_PAGE)
        first = (page - 1) * POSTS_A_PAGE
        rows = list(results.posts(self.campaign, self.period, self.networks)[first : first + POSTS_A_PAGE + 1])
        best, worst = results.extremes(ranked, self.period, EXTREMES)
        rest = results.named([*best, *worst])
        brought = {one.delivery.pk: one for one in results.brought([*rows, *rest.values()])}
        return {
            "posts": [brought[row.pk] for row in rows[:POSTS_A_PAGE]],
            "best": [brought[pk] for pk in best],
            "worst": [brought[pk] for pk in worst],
            "earlier": page + 1 if len(rows) > POSTS_A_PAGE else 0,
            "later": page - 1,
        }


class LastHoursView(DeskView):
    """The part of a campaign's screen that is asked for again every few seconds."""

    permission = PERMISSION

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        campaign = get_object_or_404(Campaign, pk=self.kwargs["pk"])
        asked = PeriodForm(request.GET, today()).with_rehearsals
        networks = None if asked else results.shown_networks()
        context = {"campaign": campaign, **last_hours(campaign, networks)}
        return render(request, "social_publisher/desk/results/last_hours.html", context)


def last_hours(campaign: Campaign, networks: results.Networks) -> dict[str, Any]:
    """The last day hour by hour, as chart and table."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    moments = [now - timedelta(hours=HOURS - 1 - step) for step in range(HOURS)]
    found = results.by_hour(campaign, moments[0], moments[-1], networks)
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


def named_links(rows: list[tuple[Any, str, int]], pages: Mapping[int, Page]) -> list[tuple[str, str, int]]:
    """Where links lead: title or address, address, clicks."""
    found = []
    for pk, url, clicks in rows:
        page = pages.get(pk)
        named = (page.title, page.full_url or "") if page else (url, url)
        found.append((named[0] or _("A page that was deleted"), named[1], clicks))
    return found


def named_pages(rows: list[tuple[int | None, str, int]], pages: Mapping[int, Page]) -> list[tuple[str, str, str, int]]:
    """Pages that were read: title, language (its code, its name), reads."""
    found = []
    for pk, language, reads in rows:
        page = pages.get(pk or 0)
        found.append((page.title if page else _("A page that was deleted"), language, language_name(language), reads))
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
            path("<int:pk>/archive/", ArchiveView.as_view(), name="archive"),
            path("report/", ReportView.as_view(), name="report"),
            path("keys/", KeysView.as_view(), name="keys"),
        ]
