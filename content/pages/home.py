from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from content.pages.base import BasePage
from content.pages.campaign import CampaignPage
from content.pages.news import NewsPage
from content.pages.project import ProjectPage


class HomePage(BasePage):
    """The front: the current campaign, the projects, the latest news."""

    campaign = models.ForeignKey(
        CampaignPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("current campaign"),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("campaign")]
    template = "content/pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    override_translatable_fields = [SynchronizedField("campaign", overridable=False)]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the campaign, every project and the three newest news."""
        context = super().get_context(request, *args, **kwargs)
        context["campaign_page"] = (
            CampaignPage.objects.live()
            .filter(translation_key=self.campaign.translation_key if self.campaign else None, locale_id=self.locale_id)
            .select_related("campaign__project__grant__programme__funder", "image")
            .first()
        )
        context["project_pages"] = ProjectPage.for_cards().descendant_of(self)
        context["news_pages"] = NewsPage.for_cards().descendant_of(self)[:3]
        return context
