from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.blocks import ActionBlock, DownloadBlock, KeyMessageBlock, KitPictureBlock, SourcedFigureBlock
from content.memory import Memory, remember, this_minute
from content.pages import plain, press_kit
from content.pages.addresses import addressed
from content.pages.base import BasePage, BodyMixin, IndexPage
from content.pages.local_links import ACCOUNTS, PRESS, REPORT, local_links
from content.pages.own_language import in_own_language
from content.pages.report import how_to_report
from content.pages.routed import Below, RoutedPage
from content.records import Campaign
from content.slots import outlet

NEWEST_POSTS = 6
POSTS_A_PAGE = 24
# Another room's numbers, so a minute old at most.
_results = Memory(most=200)


class CampaignPage(RoutedPage, BodyMixin, BasePage):
    """A campaign as the public reads it: its page, all its posts, its press kit. One page a campaign and language."""

    page_description = _("A campaign's story, messages, numbers, posts and press kit. One a campaign and language.")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="pages", verbose_name=_("campaign"))
    key_messages = StreamField([("message", KeyMessageBlock())], blank=True, verbose_name=_("key messages"))
    figures = StreamField(
        [("figure", SourcedFigureBlock())],
        blank=True,
        verbose_name=_("numbers"),
        help_text=_("Each with its source. A number nobody stands for is left out."),
    )
    actions = StreamField([("action", ActionBlock())], blank=True, verbose_name=_("calls to act"))
    downloads = StreamField(
        [("download", DownloadBlock())], blank=True, verbose_name=_("downloads"), help_text=_("For everybody.")
    )
    kit = StreamField(
        [("picture", KitPictureBlock())],
        blank=True,
        max_num=12,
        verbose_name=_("press kit: pictures"),
        help_text=_("Each is offered in the shapes of the networks, cut around the picture's focal point."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("campaign"),
        FieldPanel("key_messages"),
        FieldPanel("figures"),
        FieldPanel("actions"),
        *BodyMixin.body_panels,
        MultiFieldPanel([FieldPanel("downloads"), FieldPanel("kit")], heading=_("Downloads and press kit")),
    ]
    remembers_context = True
    template = "content/pages/campaign.html"
    parent_page_types = ["content.CampaignIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [SynchronizedField("campaign", overridable=False)]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("key_messages"),
        index.SearchField("actions"),
        index.SearchField("figures"),
    ]

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
        return in_own_language(cls.objects.live()).select_related("campaign__project", "image")

    @property
    def has_press_kit(self) -> bool:
        """There is a picture or a message that others may use."""
        return bool(len(self.kit) or len(self.key_messages))

    def record(self) -> Campaign:
        """The campaign with its project and everything the funding statement needs."""
        campaigns = Campaign.objects.select_related("project__grant__programme__funder")
        return campaigns.prefetch_related("project__grant__programme__statements").get(pk=self.campaign_id)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the campaign with its project, and where its parts lead."""
        context = super().get_context(request, *args, **kwargs)
        context["campaign"] = self.campaign = campaign = self.record()
        actions, figures = self.actions.raw_data, self.figures.raw_data
        links = local_links(
            request,
            self.locale_id,
            pages=plain.chosen_pages(actions, figures),
            kinds=(REPORT, ACCOUNTS, PRESS),
            project_id=campaign.project_id,
        )
        context["links"] = links
        context["actions"] = plain.actions(actions, links)
        context["figures"] = plain.figures(figures, links)
        context["address"] = self.get_url(request) or ""
        context["reporting"] = how_to_report(self.locale_id)
        return context

    def fresh_context(self, request: HttpRequest) -> dict[str, Any]:
        """What is published elsewhere, and where."""
        # One more than are shown tells whether there are more.
        front = outlet().front(self.campaign, NEWEST_POSTS + 1)
        return {
            "accounts": front.accounts,
            "has_live_accounts": any(account.is_live for account in front.accounts),
            "has_rehearsal": any(not account.is_live for account in front.accounts),
            "posts": front.posts[:NEWEST_POSTS],
            "more_posts": len(front.posts) > NEWEST_POSTS,
            "has_results": front.has_results,
        }

    @path("posts/", name="posts")
    def posts_view(self, request: HttpRequest) -> TemplateResponse:
        """All published posts of the campaign, a page at a time."""
        campaign = self.record()
        listing = Paginator(outlet().all_posts(campaign), POSTS_A_PAGE).get_page(request.GET.get("page"))
        title = gettext("Posts of the campaign: %(title)s") % {"title": self.title}
        below = Below(title, self.summary, "posts/")
        return self._show_below(request, "content/pages/campaign_posts.html", campaign, below, listing=listing)

    @path("results/", name="results")
    def results_view(self, request: HttpRequest) -> TemplateResponse:
        """What the campaign brought, if it says so."""
        campaign = self.campaign = self.record()
        results = outlet().shows_results(campaign) and remember(
            request, campaign.pk, lambda: outlet().results(campaign), memory=_results, also=this_minute()
        )
        if not results:
            raise Http404("this campaign keeps its results to itself")
        title = gettext("Results of the campaign: %(title)s") % {"title": self.title}
        below = Below(title, gettext("What it brought so far, and how each number was counted."), "results/")
        return self._show_below(request, "content/pages/campaign_results.html", campaign, below, results=results)

    @path("press-kit/", name="press-kit")
    def press_kit_view(self, request: HttpRequest) -> TemplateResponse:
        """The press kit as a page: words to copy, and every picture in every shape."""
        if not self.has_press_kit:
            raise Http404("this campaign has no press kit")
        campaign = self.record()
        pictures = press_kit.pictures(self.kit)
        accounts = [account for account in outlet().accounts(campaign) if account.is_live]
        title = gettext("Press kit: %(title)s") % {"title": self.title}
        below = Below(title, self.summary, "press-kit/", in_all_languages=False)
        kit = {"pictures": pictures, "accounts": accounts}
        return self._show_below(request, "content/pages/press_kit.html", campaign, below, **kit)

    @path("press-kit/download/", name="press-kit-file")
    def press_kit_file(self, request: HttpRequest) -> HttpResponseBase:
        """The press kit as one file."""
        if not self.has_press_kit:
            raise Http404("this campaign has no press kit")
        campaign = self.record()
        packed = press_kit.pack(press_kit.words(self, campaign), press_kit.pictures(self.kit), self.notice)
        name = f"{campaign.code}-{self.slug}.zip"
        response = FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip")
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _show_below(
        self, request: HttpRequest, template: str, campaign: Campaign, below: Below, **context: Any
    ) -> TemplateResponse:
        """A page below this one: it is found through it, and leads back to it."""
        address = self.get_url(request) or ""
        values = {
            **super().get_context(request),
            "campaign": campaign,
            "address": address,
            "below": below,
            **context,
        }
        return TemplateResponse(request, template, values)


class CampaignIndexPage(IndexPage):
    """All campaigns, current first."""

    template = "content/pages/campaign_index.html"
    subpage_types = ["content.CampaignPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("campaign list")
        verbose_name_plural = _("campaign lists")

    def listed(self) -> PageQuerySet:
        """Current campaigns come before planned and past ones; past is also what has ended."""
        ended = Q(campaign__status=Campaign.Status.PAST) | Q(campaign__ends_on__lt=timezone.localdate())
        rank = models.Case(
            models.When(ended, then=2),
            models.When(campaign__status=Campaign.Status.PLANNED, then=1),
            default=0,
        )
        newest = models.F("campaign__starts_on").desc(nulls_last=True)
        return CampaignPage.for_cards().child_of(self).order_by(rank, newest, "title")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give each campaign of the list its address."""
        context = super().get_context(request, *args, **kwargs)
        context["listing"].object_list = addressed(context["navigation"], context["listing"].object_list)
        return context
