from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from content.blocks import SourcedFigureBlock
from content.pages import plain
from content.pages.addresses import addressed
from content.pages.base import BasePage
from content.pages.campaign import CampaignPage
from content.pages.event import EventPage
from content.pages.local_links import ACCOUNTS, PRESS, REPORT, local_links
from content.pages.news import NewsPage
from content.pages.own_language import in_own_language
from content.pages.project import ProjectPage
from content.pages.report import how_to_report

INDEXES = ("campaignindexpage", "projectindexpage", "newsindexpage", "eventindexpage")


class HomePage(BasePage):
    """The front: who speaks, what a visitor can do here, the current campaign, the projects, news and events."""

    headline = models.CharField(
        _("headline"), max_length=120, blank=True, help_text=_("The large line at the top. Empty: the title.")
    )
    campaign = models.ForeignKey(
        CampaignPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("current campaign"),
    )
    figures = StreamField(
        [("figure", SourcedFigureBlock())],
        blank=True,
        max_num=4,
        verbose_name=_("numbers"),
        help_text=_("At most four, each with its source."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("campaign"),
        FieldPanel("figures"),
    ]
    remembers_context = True
    template = "content/pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    override_translatable_fields = [SynchronizedField("campaign", overridable=False)]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the campaign, every project, the newest news, the next events, and where the front leads."""
        context = super().get_context(request, *args, **kwargs)
        context["campaign_page"] = campaign_page = self._campaign_page()
        context["project_pages"] = ProjectPage.for_cards().descendant_of(self)
        context["news_pages"] = NewsPage.for_cards().descendant_of(self)[:3]
        context["event_pages"] = addressed(context["navigation"], self._next_events())
        addressed(context["navigation"], [campaign_page] if campaign_page else [])
        figures = self.figures.raw_data
        actions = campaign_page.actions.raw_data if campaign_page else []
        links = local_links(
            request,
            self.locale_id,
            pages=plain.chosen_pages(figures, actions),
            kinds=(REPORT, ACCOUNTS, PRESS, *INDEXES),
        )
        context["links"] = links
        context["figures"] = plain.figures(figures, links)
        context["actions"] = plain.actions(actions, links)
        context["reporting"] = how_to_report(self.locale_id)
        return context

    def _campaign_page(self) -> CampaignPage | None:
        """The chosen campaign's page in this language, if it is public."""
        chosen = CampaignPage.objects.filter(pk=self.campaign_id).values("translation_key")
        found: CampaignPage | None = (
            in_own_language(CampaignPage.objects.live())
            .filter(translation_key=Subquery(chosen[:1]), locale_id=self.locale_id)
            .select_related("campaign__project__grant__programme__funder", "image")
            .first()
        )
        return found

    def _next_events(self) -> Any:
        """The next two events that are not over; those whose date is not known yet come last."""
        return EventPage.coming().descendant_of(self)[:2]
