"""What waits for one's own approval: look at each, then approve several in one go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from social_publisher.approval import service
from social_publisher.approval.break_glass import unsigned
from social_publisher.approval.errors import ApprovalError
from social_publisher.approval.waiting import Opened, Waiting, count_waiting, is_approver, waiting_for
from social_publisher.desk.base import FIRST_OF_TWO, DeskView
from social_publisher.desk.urgent import BreakGlassView, SentView

SHOWN = 50


class ApprovalsView(DeskView):
    """The posts that wait for this person, each saying whether they have looked at it as it is now."""

    permission = "social_publisher.view_post"
    template_name = "social_publisher/desk/approvals.html"
    page_title = _("Waiting for your approval")
    header_icon = "check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows = waiting_for(self.request.user, SHOWN)
        context.update(
            rows=rows,
            more=count_waiting(self.request.user) - len(rows) if len(rows) == SHOWN else 0,
            is_approver=is_approver(self.request.user),
            unsigned=unsigned(SHOWN),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Approve each that was ticked, as it was opened; say by name what was refused and why."""
        ticked = set(request.POST.getlist("post"))
        rows = [row for row in waiting_for(request.user, SHOWN) if str(row.post.pk) in ticked]
        if not ticked:
            messages.warning(request, _("Tick the posts to approve first."))
        elif len(rows) < len(ticked):
            messages.warning(request, _("Some of what you ticked does not wait for you any more."))
        decided = {row: self._approved(row) for row in rows}
        for row, approved in decided.items():
            if approved is False:
                messages.success(request, f"“{row.title}”: {FIRST_OF_TWO}")
        if titles := ", ".join(f"“{row.title}”" for row, approved in decided.items() if approved):
            messages.success(request, _("Approved: %(posts)s.") % {"posts": titles})
        return redirect(request.path)

    def _approved(self, row: Waiting) -> bool | None:
        """Whether it is approved now, or by the first of two; None if this person's yes was refused."""
        try:
            if row.opened is Opened.NO:
                raise ApprovalError(_("You have not opened it yet. Open it, then approve it."))
            if row.opened is Opened.CHANGED:
                raise ApprovalError(_("It has changed since you opened it. Open it again, then approve it."))
            return service.approve(row.post, self.request.user, row.digest) is not None
        except ApprovalError as error:
            messages.error(self.request, _("“%(post)s” is not approved. %(why)s") % {"post": row.title, "why": error})
            return None


class ApprovalsMenuItem(MenuItem):
    """The way to the list, with how many wait; for approvers alone."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_approver(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        if waiting := count_waiting(request.user):
            component.label = gettext("%(label)s (%(count)d)") % {"label": self.label, "count": waiting}
        return component


class ApprovalsViewSet(ViewSet):
    name = "social_approvals"
    url_prefix = "social/approvals"
    icon = "check"
    menu_label = _("To approve")
    menu_item_class = ApprovalsMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", ApprovalsView.as_view(), name="index"),
            path("at-once/<int:pk>/", BreakGlassView.as_view(), name="break_glass"),
            path("sent/<int:pk>/", SentView.as_view(), name="sent"),
        ]
