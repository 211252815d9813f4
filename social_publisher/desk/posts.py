"""Writing posts: the composer, on Wagtail's own snippet screens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from social_publisher.approval import service
from social_publisher.approval.errors import ApprovalError
from social_publisher.desk.forms import PostForm
from social_publisher.desk.panels import WhatLeavesPanel
from social_publisher.desk.status import PostStateColumn
from social_publisher.models import Post

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
    """A new post; its campaign and its time may come with the address."""

    def get_initial_form_instance(self) -> Post:
        instance = Post()
        campaign = self.request.GET.get("campaign", "")
        if campaign.isdecimal():
            instance.campaign_id = int(campaign)
        instance.due_at = ahead(self.request.GET.get("due", ""), timezone.now())
        return instance

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


class PostViewSet(SnippetViewSet):
    model = Post
    name = "posts"
    icon = "comment-add"
    menu_label = _("Posts")
    add_view_class = PostCreateView
    edit_view_class = PostEditView
    list_display = ["__str__", "campaign", PostStateColumn(), "due_at", "author"]
    list_filter = {"campaign": ["exact"], "language": ["exact"], "due_at": ["lt", "gt"]}
    ordering = ["-due_at"]
    search_fields = ["text"]
    list_per_page = 50
    copy_view_enabled = False

    panels = [
        WhatLeavesPanel(),
        FieldPanel("campaign", widget=forms.Select),
        FieldPanel("text"),
        MultiFieldPanel(
            [
                FieldPanel("link_page"),
                FieldPanel("link_url"),
                FieldPanel("link_title"),
                FieldPanel("link_description"),
            ],
            heading=_("Link"),
        ),
        InlinePanel("images", heading=_("Pictures"), label=_("picture"), max_num=20),
        MultiFieldPanel([FieldPanel("video"), FieldPanel("video_alt")], heading=_("Video"), classname="collapsed"),
        FieldPanel("content_warning"),
        InlinePanel("variants", heading=_("Channels"), label=_("channel"), min_num=1),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("due_at"), FieldPanel("due_zone")]),
                FieldPanel("due_reading"),
                FieldRowPanel([FieldPanel("useful_minutes"), FieldPanel("language")]),
            ],
            heading=_("When"),
        ),
    ]

    def get_edit_handler(self) -> object:
        return ObjectList(self.panels, base_form_class=PostForm).bind_to_model(self.model)

    @property
    def permission_policy(self) -> NoPublishPolicy:
        return NoPublishPolicy(self.model)

    def get_queryset(self, request: Any) -> Any:
        """Posts with everything the list shows."""
        return Post.objects.select_related("campaign", "author").prefetch_related("deliveries", "approvals")
