"""Writing posts: the composer, on Wagtail's own snippet screens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import django_filters
from django.contrib.auth.models import AbstractBaseUser
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from content.records import Campaign
from social_publisher.approval import service
from social_publisher.approval.audit import display_name, record
from social_publisher.approval.errors import ApprovalError
from social_publisher.desk.base import DeskView, wide
from social_publisher.desk.choosers import GuardedChooserViewSet
from social_publisher.desk.composer import edit_handler
from social_publisher.desk.deleting import GuardedDeleteView
from social_publisher.desk.importing.views import export_posts
from social_publisher.desk.native import day_input
from social_publisher.desk.offers import new_post
from social_publisher.desk.planning.buttons import list_buttons, series_buttons
from social_publisher.desk.status import PostStateColumn, with_standing
from social_publisher.models import Post

CAMPAIGNS_SHOWN = 50


class CampaignFirstView(DeskView):
    """The step before a new post: whose it is."""

    permission = "social_publisher.add_post"
    template_name = "social_publisher/desk/compose/campaigns.html"
    page_title = _("New post")
    header_icon = "comment-add"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rank = Case(
            When(status=Campaign.Status.CURRENT, then=0), When(status=Campaign.Status.PLANNED, then=1), default=2
        )
        campaigns = Campaign.objects.select_related("project", "rules").order_by(rank, "name")
        context["page"] = Paginator(campaigns, CAMPAIGNS_SHOWN).get_page(self.request.GET.get("p"))
        return context


ADD, EDIT = "wagtailsnippets_social_publisher_post:add", "wagtailsnippets_social_publisher_post:edit"
# How far ahead an address may set a new post's time.
AHEAD = timedelta(days=2 * 365)


class NoPublishPolicy(ModelPermissionPolicy):
    """Nobody publishes a post by hand, superusers included: only a second person's approval puts it on the ledger."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        """Refuse "publish" and everything that implies it."""
        return action != "publish" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: AbstractBaseUser, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class SubmitMixin:
    """Submits through the approval service, which says what stands against it."""

    object: Any
    request: Any

    def submit_action(self) -> HttpResponse | None:
        """Put the post before a second person, or stay on the draft with the reasons."""
        try:
            service.submit(self.object, self.request.user)
        except ApprovalError as error:
            messages.error(self.request, _("Saved as a draft, not submitted. %(why)s") % {"why": error})
            return redirect(self.get_edit_url())  # type: ignore[attr-defined]
        return None

    def restart_workflow_action(self) -> HttpResponse | None:
        """Begin again, with the same checks as a first submission."""
        self.workflow_state.cancel(user=self.request.user)  # type: ignore[attr-defined]
        return self.submit_action()


class PostCreateView(SubmitMixin, CreateView):
    """A new post. It begins with its campaign, which comes with the address and brings what it has."""

    @cached_property
    def campaign(self) -> Campaign | None:
        """The campaign in the address."""
        pk = self.request.GET.get("campaign", "")
        return Campaign.objects.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 10 else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for the campaign first."""
        if self.campaign is None:
            return CampaignFirstView.as_view()(request)
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        return response

    def get_initial_form_instance(self) -> Post:
        is_asked = self.request.method == "GET" and self.campaign is not None
        post = new_post(self.campaign) if is_asked and self.campaign else Post()
        post.due_at = ahead(self.request.GET.get("due", ""), timezone.now()) if is_asked else None
        return post

    def save_instance(self) -> Any:
        """Save it, and put on the record that there is a new draft."""
        post = super().save_instance()
        record("post.drafted", post, self.request.user, post=post.pk)
        return post

    def get_edit_url(self) -> str:
        url: str = super().get_edit_url()
        return url


def ahead(text: str, now: datetime) -> datetime | None:
    """The moment in the next two years that an ISO text with its offset names; None for anything else."""
    try:
        moment = parse_datetime(text)
        return moment if moment is not None and now < moment < now + AHEAD else None
    except (TypeError, ValueError, OverflowError):
        return None


class PostEditView(SubmitMixin, EditView):
    """An existing post."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """What was submitted or approved is saved by hand alone: a letter typed by a slip would take it all back."""
        super().setup(request, *args, **kwargs)
        approved = any(row.stands for row in self.object.approvals.all())
        if approved or self.object.workflow_in_progress:
            self.autosave_enabled = False

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *series_buttons(self.object, self.request.user)]


class PostFilters(WagtailFilterSet):
    """By campaign, language, and the days they leave on, in the zone of whoever looks."""

    first = django_filters.DateFilter(
        label=_("Leaves from this day"), field_name="plan__due_at", lookup_expr="date__gte", widget=day_input()
    )
    last = django_filters.DateFilter(
        label=_("Leaves up to this day"), field_name="plan__due_at", lookup_expr="date__lte", widget=day_input()
    )

    class Meta:
        model = Post
        fields = ["campaign", "language"]


class PostIndexView(IndexView):
    """All posts, with the ways to import and export them."""

    list_export = ["text"]  # shows the buttons; the columns are those of an import

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *list_buttons(self.request.user)]

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponseBase:
        """The filtered list in the columns of an import."""
        return export_posts(queryset, spreadsheet_format, self.request)


class PostViewSet(SnippetViewSet):
    model = Post
    name = "posts"
    icon = "comment-add"
    menu_label = _("Posts")
    add_view_class = PostCreateView
    edit_view_class = PostEditView
    index_view_class = PostIndexView
    list_display = [
        "heading",
        wide("campaign", _("Campaign")),
        PostStateColumn(),
        Column("due", label=_("Leaves at"), accessor="plan.due_at", sort_key="plan__due_at"),
        wide("author", _("Author"), accessor=lambda post: display_name(post.author) if post.author else ""),
    ]
    # What the list shows and searches is the newest content, as in calendar and queue.
    filterset_class = PostFilters
    ordering = ["-plan__due_at"]
    search_fields = ["text", "plan__opening"]
    list_per_page = 50
    copy_view_enabled = False
    chooser_viewset_class = GuardedChooserViewSet
    delete_view_class = GuardedDeleteView

    def get_edit_handler(self) -> object:
        return edit_handler()

    @property
    def permission_policy(self) -> NoPublishPolicy:
        return NoPublishPolicy(self.model)

    def get_queryset(self, request: Any) -> Any:
        """Posts with everything the list shows. Each has a plan; saying so lets the plans' index give the order."""
        posts = Post.objects.filter(plan__isnull=False)
        return with_standing(posts.select_related("campaign", "author", "plan"))
