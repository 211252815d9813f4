"""The second person's screen: exactly what leaves, on each channel, and a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.snippets.action_menu import ActionMenuItem

from social_publisher.approval import service
from social_publisher.approval.errors import ApprovalError
from social_publisher.approval.package import build_package
from social_publisher.delivery.takedown import may_be_taken_down
from social_publisher.desk.base import DeskView
from social_publisher.models import Post


class DecisionForm(forms.Form):
    """A decision on what was seen. `seen` is the digest of what the screen showed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to request changes."),
    )


class ReviewView(DeskView):
    """Shows a post as it leaves; takes "approve" or "request changes" from whoever may decide."""

    permission = "social_publisher.view_post"
    template_name = "social_publisher/desk/review.html"
    page_title = _("Review")
    header_icon = "view"

    @cached_property
    def post_object(self) -> Post:
        post: Post = get_object_or_404(Post.objects.select_related("campaign", "author"), pk=self.kwargs["pk"])
        return post

    def get_page_subtitle(self) -> str:
        return str(self.post_object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        content = self.post_object.current()
        package = build_package(content)
        context.update(
            post=self.post_object,
            content=content,
            package=package,
            problems=package.problems(timezone.now()),
            can_decide=service.can_approve(self.post_object, self.request.user),
            may_take_down=self.request.user.has_perm("social_publisher.add_takedown")
            and may_be_taken_down(self.post_object),
            in_review=self.post_object.workflow_in_progress,
            form=kwargs.get("form") or DecisionForm(initial={"seen": package.digest}),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide. Whatever stands against it is said, and the screen shows the post as it is now."""
        form = DecisionForm(request.POST)
        again = redirect(request.path)
        if not form.is_valid():
            messages.error(request, _("The decision could not be read. Look at the post and decide again."))
            return again
        comment = form.cleaned_data["comment"].strip()
        try:
            if "approve" in request.POST:
                service.approve(self.post_object, request.user, form.cleaned_data["seen"], comment)
                messages.success(request, _("Approved. It leaves at its time."))
            elif not comment:
                messages.error(request, _("Say in the comment what should change."))
                return again
            else:
                service.request_changes(self.post_object, request.user, comment)
                messages.success(request, _("Sent back with your comment."))
        except ApprovalError as error:
            messages.error(request, str(error))
            return again
        return redirect(reverse("social_queue:index"))


class ReviewMenuItem(ActionMenuItem):
    """In the composer's menu: the way to the review screen, for whoever may decide."""

    label = _("Review what leaves")
    name = "action-review"
    icon_name = "view"
    order = 5
    template_name = "social_publisher/desk/review_menu_item.html"

    def is_shown(self, context: Any) -> bool:
        post = context.get("instance")
        return isinstance(post, Post) and post.pk is not None and post.workflow_in_progress

    def get_url(self, parent_context: Any) -> str:
        return reverse("social_queue:review", args=[parent_context["instance"].pk])
