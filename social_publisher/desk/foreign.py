"""Posts that left an account of ours and did not leave from here."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from social_publisher.delivery import foreign, pausing
from social_publisher.desk.base import DeskView, DeskViewSet
from social_publisher.models import ForeignPost, Pause, TimelineWatch

PAGE_SIZE = 50
NOTE_LENGTH = 255


class ForeignListView(DeskView):
    """What was seen, open questions first; and which accounts are looked through."""

    permission = "social_publisher.view_foreignpost"
    template_name = "social_publisher/desk/foreign.html"
    page_title = gettext_lazy("Posts from elsewhere")
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        paused = Pause.objects.filter(lifted_at=None, channel=OuterRef("channel"))
        rows = ForeignPost.objects.select_related("channel").annotate(paused=Exists(paused))
        rows = rows.order_by(F("settled_at").desc(nulls_first=True), "-posted_at", "-pk")
        user = self.request.user
        context.update(
            listing=Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("p")),
            watches=TimelineWatch.objects.select_related("channel").order_by("channel__name"),
            may_settle=user.has_perm(SettleView.permission),
            may_pause=user.has_perm("social_publisher.add_pause"),
        )
        return context


class SettleView(DeskView):
    """It was us, or the channel is paused: one click each."""

    permission = "social_publisher.change_foreignpost"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, say it, go back to the list."""
        post = get_object_or_404(ForeignPost.objects.select_related("channel"), pk=self.kwargs["pk"])
        if "pause" in request.POST:
            self._pause(post)
        else:
            try:
                foreign.settle(post, request.user, request.POST.get("note", "").replace("\0", "")[:NOTE_LENGTH])
                messages.success(request, _("Recorded: it was us, by hand."))
            except foreign.SettledError as error:
                messages.error(request, str(error))
        return redirect(reverse("social_foreign:index"))

    def _pause(self, post: ForeignPost) -> None:
        if not self.request.user.has_perm("social_publisher.add_pause"):
            messages.error(self.request, _("Your role does not pause channels. Ask an approver."))
            return
        reason = _("A post that did not leave from here was seen on it.")
        pausing.pause(reason=reason, user=self.request.user, channel=post.channel)
        words = _("%(name)s is paused. Nothing of it leaves until you resume it.") % {"name": post.channel}
        messages.warning(self.request, words)


class ForeignViewSet(DeskViewSet):
    permission = "social_publisher.view_foreignpost"
    name = "social_foreign"
    url_prefix = "social/elsewhere"
    icon = "warning"
    menu_label = gettext_lazy("Posts from elsewhere")

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", ForeignListView.as_view(), name="index"),
            path("<int:pk>/", SettleView.as_view(), name="settle"),
        ]
