from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.blocks import ActionBlock, KeyMessageBlock
from content.pages.base import BasePage, BodyMixin, IndexPage
from content.pages.slots import fill_campaign_slots
from content.records import Campaign


class CampaignPage(BodyMixin, BasePage):
    """A campaign as the public reads it. One page a campaign and language."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="pages", verbose_name=_("campaign"))
    key_messages = StreamField([("message", KeyMessageBlock())], blank=True, verbose_name=_("key messages"))
    actions = StreamField([("action", ActionBlock())], blank=True, verbose_name=_("calls to act"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("campaign"),
        FieldPanel("key_messages"),
        FieldPanel("actions"),
        *BodyMixin.body_panels,
    ]
    template = "content/pages/campaign.html"
    parent_page_types = ["content.CampaignIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [SynchronizedField("campaign", overridable=False)]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("key_messages")]

    class Meta:
        verbose_name = _("campaign page")
        verbose_name_plural = _("campaign pages")

    def clean(self) -> None:
        """A campaign has one page in a language."""
        super().clean()
        others = CampaignPage.objects.filter(campaign_id=self.campaign_id, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.campaign_id and others.exists():
            raise ValidationError({"campaign": _("This campaign has a page in this language already. Edit that one.")})

    def funded_project_id(self) -> int | None:
        """The project the campaign belongs to."""
        return self.campaign.project_id if self.campaign_id else None

    @classmethod
    def for_cards(cls) -> PageQuerySet:
        """Return live campaign pages with everything a card shows."""
        return cls.objects.live().select_related("campaign__project", "image")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the campaign's project with its funding, the project's page, and what other rooms show here."""
        context = super().get_context(request, *args, **kwargs)
        self.campaign = campaign = Campaign.objects.select_related("project").get(pk=self.campaign_id)
        context["campaign"] = campaign
        context["project_page"] = campaign.project.pages.live().filter(locale_id=self.locale_id).first()
        context["slots"] = fill_campaign_slots(campaign, request)
        return context


class CampaignIndexPage(IndexPage):
    """All campaigns, current first."""

    template = "content/pages/campaign_index.html"
    subpage_types = ["content.CampaignPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("campaign list")
        verbose_name_plural = _("campaign lists")

    def listed(self) -> PageQuerySet:
        """Current campaigns come before planned and past ones."""
        rank = models.Case(
            models.When(campaign__status=Campaign.Status.CURRENT, then=0),
            models.When(campaign__status=Campaign.Status.PLANNED, then=1),
            default=2,
        )
        return CampaignPage.for_cards().child_of(self).order_by(rank, "title")
