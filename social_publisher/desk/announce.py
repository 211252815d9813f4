"""Announce a page: see what would be drafted, in which languages and on which channels, then draft it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from content.records import Campaign
from social_publisher.approval.errors import ApprovalError
from social_publisher.approval.launches import may_launch
from social_publisher.desk import announcing
from social_publisher.desk.base import DeskView
from social_publisher.desk.status import standing
from social_publisher.desk.translating import language_name
from social_publisher.models import Post

ADD = "social_publisher.add_post"


class CampaignForm(forms.Form):
    """Which campaign it is for, where the page does not say or says several."""

    def __init__(self, campaigns: list[Campaign], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Campaign.objects.filter(pk__in=[row.pk for row in campaigns]) if campaigns else Campaign.objects.all()
        self.fields["campaign"] = forms.ModelChoiceField(rows, label=_("Campaign"))


class PageView(DeskView):
    """A step that begins at a page of the site, with a campaign."""

    permission = ADD

    @cached_property
    def page(self) -> Any:
        page = get_object_or_404(Page.objects.select_related("locale"), pk=self.kwargs["page_id"]).specific
        if not announcing.is_announced(page) or page.alias_of_id:
            raise Http404("pages of this kind are not announced")
        return page

    @cached_property
    def campaigns(self) -> list[Campaign]:
        return announcing.campaigns_of(self.page)

    @cached_property
    def campaign(self) -> Campaign | None:
        """The page's only campaign, or the one that was chosen."""
        if self.request.method == "GET" and "campaign" not in self.request.GET:
            return self.campaigns[0] if len(self.campaigns) == 1 else None
        form = CampaignForm(self.campaigns, self.request.POST or self.request.GET)
        return form.cleaned_data["campaign"] if form.is_valid() else None

    def get_page_subtitle(self) -> str:
        return str(self.page.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        initial = {"campaign": self.campaign.pk} if self.campaign else None
        context.update(page=self.page, campaign=self.campaign, form=CampaignForm(self.campaigns, initial=initial))
        context["may_choose"] = self.campaign is None or len(self.campaigns) != 1
        return context

    def again(self) -> HttpResponse:
        """The same screen, with the choice that was made."""
        chosen = f"?campaign={self.campaign.pk}" if self.campaign else ""
        return redirect(f"{self.request.path}{chosen}")


class AnnounceView(PageView):
    """Shows what would be drafted of a page that is live, and drafts it. What is announced already is said first."""

    template_name = "social_publisher/desk/announce.html"
    page_title = _("Announce")
    header_icon = "comment-add"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A page that readers cannot open is launched together with its posts instead."""
        if request.user.has_perm(self.permission) and not self.page.live:
            if not may_launch(self.page, request.user):
                raise PermissionDenied(_("This page is not published yet."))
            return redirect(reverse("social_launches:new", args=[self.page.pk]))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def items(self) -> list[announcing.Announcement]:
        if self.campaign is None:
            return []
        return announcing.announcements(announcing.live_versions(self.page), self.campaign)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        items = self.items
        context["known"] = [
            (item, language_name(item.language), standing(item.post)) for item in items if item.post is not None
        ]
        context["fresh"] = [self._shown(item) for item in items if item.post is None and item.channels]
        context["again"] = [self._shown(item) for item in items if item.post is not None and item.channels]
        context["mute"] = [language_name(item.language) for item in items if not item.channels]
        return context

    def _shown(self, item: announcing.Announcement) -> tuple[announcing.Announcement, str, announcing.Texts]:
        assert self.campaign is not None
        texts = announcing.page_texts(item.page, self.campaign, item.channels)
        return item, language_name(item.language), texts

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draft what is not announced yet, or, when asked to, all of it once more."""
        if self.campaign is None:
            messages.error(request, _("Choose a campaign."))
            return self.again()
        again = "again" in request.POST
        wanted = [item for item in self.items if again or item.post is None]
        if not wanted:
            messages.warning(request, _("It is announced already in every language. Nothing was drafted."))
            return self.again()
        if again:
            wanted = [announcing.Announcement(item.page, item.language, item.channels) for item in wanted]
        else:
            wanted += [
                announcing.Announcement(item.page, item.language, (), item.post) for item in self.items if item.post
            ]
        try:
            posts = announcing.draft(wanted, self.campaign, request.user)
        except ApprovalError as error:
            messages.error(request, str(error))
            return self.again()
        return redirect(where_drafts_are(request, posts, self.campaign))


def where_drafts_are(request: HttpRequest, posts: list[Post], campaign: Campaign) -> str:
    """Say what was drafted; one draft opens in the composer, several in the overview of languages."""
    if len(posts) == 1:
        messages.success(request, _("Drafted. Look it over, choose a time, then submit it."))
        return reverse("wagtailsnippets_social_publisher_post:edit", args=[posts[0].pk])
    names = ", ".join(language_name(post.language) for post in posts)
    messages.success(request, _("Drafted in %(languages)s. Look each over, then submit it.") % {"languages": names})
    return f"{reverse('social_translations:index')}?campaign={campaign.pk}"


def page_buttons(page: Page, user: Any) -> Iterator[Button]:
    """In a page's menu: announce it, or launch it together with its posts."""
    if not announcing.is_announced(page) or page.alias_of_id or not user.has_perm(ADD):
        return
    if page.live:
        address = reverse("social_announce:page", args=[page.pk])
        yield Button(gettext("Announce this"), url=address, icon_name="comment-add", priority=61)
    if (not page.live or page.has_unpublished_changes) and may_launch(page, user):
        address = reverse("social_launches:new", args=[page.pk])
        yield Button(gettext("Launch with posts"), url=address, icon_name="date", priority=62)


class AnnounceViewSet(ViewSet):
    name = "social_announce"
    url_prefix = "social/announce"
    icon = "comment-add"
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[Any]:
        return [path("<int:page_id>/", AnnounceView.as_view(), name="page")]
