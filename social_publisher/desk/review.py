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
from social_publisher.approval.break_glass import BREAK
from social_publisher.approval.changes import changes_since_approval
from social_publisher.approval.checks import findings
from social_publisher.approval.errors import ApprovalError
from social_publisher.approval.history import touches
from social_publisher.approval.package import build_package
from social_publisher.approval.waiting import is_approver, note_opening
from social_publisher.delivery.takedown import may_be_taken_down
from social_publisher.desk.base import FIRST_OF_TWO, DeskView
from social_publisher.messages.lengths import LONGEST_COMMENT
from social_publisher.models import BreakGlass, Endorsement, Post
from social_publisher.models.rules import rules_of


class DecisionForm(forms.Form):
    """A decision on what was seen. `seen` is the digest of what the screen showed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to ask for changes and to reject. The author reads it."),
    )

    def clean(self) -> dict[str, Any]:
        """Everything but a yes says why."""
        data: dict[str, Any] = super().clean() or {}
        if "approve" not in self.data and not data.get("comment", "").strip():
            self.add_error("comment", _("Write a comment: the author has to know why."))
        return data


class ReviewView(DeskView):
    """Shows a post as it leaves, what is new in it and who wrote it; takes the decision of whoever may decide."""

    permission = "social_publisher.view_post"
    template_name = "social_publisher/desk/review.html"
    page_title = _("Review")
    header_icon = "view"

    @cached_property
    def post_object(self) -> Post:
        post: Post = get_object_or_404(Post.objects.select_related("campaign", "author"), pk=self.kwargs["pk"])
        return post

    @cached_property
    def content(self) -> Post:
        """What the author or last editor has put forward."""
        return self.post_object.current()

    def get_page_subtitle(self) -> str:
        return str(self.content)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        post, content, user = self.post_object, self.content, self.request.user
        package = build_package(content)
        in_review = post.workflow_in_progress
        first_yes = list(Endorsement.objects.filter(post=post, digest=package.digest)) if in_review else []
        own_yes = any(row.person_id == user.pk for row in first_yes)
        may_decide = in_review and service.can_approve(post, user)
        if may_decide:
            note_opening(post, user, package.digest)
        context.update(
            post=post,
            content=content,
            package=package,
            findings=findings(content, package, timezone.now()),
            changes=changes_since_approval(post, package),
            touches=touches(post),
            needs_two=in_review and rules_of(content.campaign).second_level,
            first_yes=first_yes,
            own_yes=own_yes,
            can_decide=may_decide and not own_yes,
            in_review=in_review,
            may_take_down=user.has_perm("social_publisher.add_takedown") and may_be_taken_down(post),
            may_send_at_once=content.is_alert and user.has_perm(BREAK),
            unsigned=BreakGlass.objects.red().filter(approval__post=post).select_related("approval__post"),
            form=kwargs.get("form")
            or DecisionForm(initial={"seen": package.digest, "comment": kwargs.get("comment", "")}),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide. Whatever stands against it is said, and the screen shows the post as it is now, with the comment."""
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self._shown(form=form)
        comment = form.cleaned_data["comment"].strip()
        try:
            messages.success(request, self._decide(form.cleaned_data["seen"], comment))
        except ApprovalError as error:
            messages.error(request, str(error))
            for known in ("post_object", "content"):
                self.__dict__.pop(known, None)
            return self._shown(comment=comment)
        return redirect(reverse("social_approvals:index" if is_approver(request.user) else "social_queue:index"))

    def _shown(self, **context: Any) -> HttpResponse:
        shown: HttpResponse = self.render_to_response(self.get_context_data(**context))
        return shown

    def _decide(self, seen: str, comment: str) -> Any:
        """Do what the button says, and return what it came to. Raises ApprovalError."""
        post, user = self.post_object, self.request.user
        if "approve" in self.request.POST:
            if service.approve(post, user, seen, comment) is None:
                return str(FIRST_OF_TWO)
            return _("Approved. It leaves at its time.")
        if "reject" in self.request.POST:
            service.reject(post, user, comment)
            return _("Rejected. It is a draft again, and its author reads your comment.")
        service.request_changes(post, user, comment)
        return _("Sent back with your comment. Its author can change it and submit it again.")


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


class AtOnceMenuItem(ActionMenuItem):
    """In the composer's menu of an alert: the way to sending it without a second person."""

    label = _("Send at once")
    name = "action-send-at-once"
    icon_name = "warning"
    order = 6
    template_name = "social_publisher/desk/review_menu_item.html"

    def is_shown(self, context: Any) -> bool:
        post = context.get("instance")
        is_alert = isinstance(post, Post) and post.pk is not None and post.is_alert
        return is_alert and context["request"].user.has_perm(BREAK)

    def get_url(self, parent_context: Any) -> str:
        return reverse("social_approvals:break_glass", args=[parent_context["instance"].pk])
