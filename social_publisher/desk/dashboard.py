"""What a campaign's posts brought: by post, channel and hour."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.records import Campaign
from social_publisher.desk.base import DeskView, DeskViewSet
from social_publisher.engagement.charts import Series, bar_chart
from social_publisher.engagement.rollup import campaign_numbers


class CampaignListView(DeskView):
    """The campaigns, each with the way to its numbers."""

    permission = "social_publisher.view_engagementsnapshot"
    template_name = "social_publisher/desk/campaigns.html"
    page_title = gettext_lazy("Results")
    header_icon = "globe"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["campaigns"] = Campaign.objects.select_related("project")
        return context


class DashboardView(DeskView):
    """One campaign's numbers."""

    permission = "social_publisher.view_engagementsnapshot"
    template_name = "social_publisher/desk/dashboard.html"
    page_title = gettext_lazy("Results")
    header_icon = "globe"

    @cached_property
    def campaign(self) -> Campaign:
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
        context: dict[str, Any] = super().get_context_data(**kwargs)
        numbers = campaign_numbers(self.campaign, timezone.now())
        local = [(timezone.localtime(row.hour), row) for row in numbers.by_hour]
        context.update(
            campaign=self.campaign,
            numbers=numbers,
            hours=[(moment, row) for moment, row in reversed(local) if row.clicks or row.likes],
            hour_chart=bar_chart(
                _("Clicks and likes by hour, last 24 hours"),
                [f"{moment:%H}" for moment, _row in local],
                [
                    Series(_("Clicks"), [row.clicks for row in numbers.by_hour], "chart__bar chart__bar--a"),
                    Series(_("Likes"), [max(row.likes, 0) for row in numbers.by_hour], "chart__bar chart__bar--b"),
                ],
            ),
        )
        return context


class ResultsViewSet(DeskViewSet):
    permission = "social_publisher.view_engagementsnapshot"
    name = "social_results"
    url_prefix = "social/results"
    icon = "globe"
    menu_label = gettext_lazy("Results")

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", CampaignListView.as_view(), name="index"),
            path("<int:pk>/", DashboardView.as_view(), name="campaign"),
        ]
