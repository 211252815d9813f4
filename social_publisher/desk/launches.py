"""Launch packages: a page that is not live yet and the posts that announce it, decided on together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from content.numbers import number
from social_publisher.approval import launches
from social_publisher.approval.changes import changes_since_approval
from social_publisher.approval.checks import findings
from social_publisher.approval.errors import ApprovalError
from social_publisher.approval.history import page_touches, touches
from social_publisher.approval.launched import page_version
from social_publisher.approval.package import build_package
from social_publisher.approval.service import can_approve
from social_publisher.desk import announcing
from social_publisher.desk.announce import PageView
from social_publisher.desk.base import DeskView, DeskViewSet
from social_publisher.desk.native import moment_input
from social_publisher.desk.status import Standing, standing, with_standing
from social_publisher.messages.lengths import LONGEST_COMMENT
from social_publisher.models import Launch, Post

PER_PAGE = 25


def launch_standing(launch: Launch) -> Standing:
    """The badge of a launch."""
    if launch.seen_live_at is not None:
        return Standing(gettext("Live"), "good")
    if launch.late_told_at is not None:
        return Standing(gettext("Late"), "bad", launch.problem)
    if launch.approved_at is not None:
        return Standing(gettext("Approved"), "calm", launch.problem)
    return Standing(gettext("Draft"), "quiet")


class LaunchesView(DeskView):
    """All launches, newest first."""

    permission = "social_publisher.view_post"
    template_name = "social_publisher/desk/launches/index.html"
    page_title = _("Launches")
    header_icon = "date"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows = Launch.objects.select_related("page").annotate(post_count=Count("posts")).order_by("-created_at", "-pk")
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        context.update(page_obj=page, rows=[(launch, launch_standing(launch)) for launch in page])
        return context


class NewLaunchView(PageView):
    """Begins a launch: the page, with a drafted post for the campaign's channels of its language."""

    template_name = "social_publisher/desk/launches/new.html"
    page_title = _("Launch with posts")
    header_icon = "date"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only for those who may edit the page: its draft is shown."""
        if request.user.has_perm(self.permission) and not launches.may_launch(self.page, request.user):
            raise PermissionDenied(_("You cannot edit this page, so you cannot launch it."))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def draft(self) -> Any:
        return self.page.get_latest_revision_as_object()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["launch"] = Launch.objects.filter(page=self.page).first()
        if self.campaign is not None:
            (item,) = announcing.announcements([self.draft], self.campaign)
            context.update(item=item, texts=announcing.page_texts(self.draft, self.campaign, item.channels))
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open the launch and draft its post."""
        if self.campaign is None:
            messages.error(request, _("Choose a campaign."))
            return self.again()
        try:
            with transaction.atomic():
                launch = launches.open_launch(self.page, request.user)
                (item,) = announcing.announcements([self.draft], self.campaign)
                fresh = announcing.Announcement(item.page, item.language, item.channels)
                announcing.draft([fresh], self.campaign, request.user, launch=launch, due_at=launch.goes_live_at)
        except ApprovalError as error:
            messages.error(request, str(error))
            return self.again()
        messages.success(request, _("Drafted. Look the post over, then submit page and posts together."))
        return redirect(reverse("social_launches:show", args=[launch.pk]))


class TimeForm(forms.Form):
    """When the page goes live."""

    goes_live_at = forms.DateTimeField(
        label=_("Page goes live at"),
        required=False,
        widget=moment_input(),
        help_text=_("Your time. Empty: as soon as it is approved."),
    )

    def clean_goes_live_at(self) -> Any:
        """A time to come."""
        moment = self.cleaned_data["goes_live_at"]
        if moment is not None and moment <= timezone.now():
            raise forms.ValidationError(_("This time is past. Choose a later one, or none."))
        return moment


class LaunchView(DeskView):
    """One launch: the page, its posts as they would leave, and what stands against them."""

    permission = "social_publisher.view_post"
    template_name = "social_publisher/desk/launches/show.html"
    page_title = _("Launch")
    header_icon = "date"

    @cached_property
    def launch(self) -> Launch:
        rows = Launch.objects.select_related("page__latest_revision__user", "page__live_revision")
        launch: Launch = get_object_or_404(rows, pk=self.kwargs["pk"])
        return launch

    def get_page_subtitle(self) -> str:
        return str(self.launch.page.get_admin_display_title())

    def posts(self) -> list[Post]:
        """The launch's posts as they are now."""
        rows = Post.objects.filter(launch=self.launch).select_related("campaign", "author", "latest_revision")
        return list(with_standing(rows.select_related("launch__page__latest_revision")).order_by("pk"))

    def shown(self) -> list[dict[str, Any]]:
        """Each post with what leaves of it, where it stands, what the checks say, what is new and who wrote it."""
        now, found = timezone.now(), []
        for post in self.posts():
            content = post.current()
            package = build_package(content)
            found.append(
                {
                    "post": post,
                    "content": content,
                    "standing": standing(post),
                    "package": package,
                    "problems": launches.timing_problems(self.launch, post),
                    "findings": findings(content, package, now),
                    "changes": changes_since_approval(post, package),
                    "touches": touches(post),
                    "can_decide": can_approve(post, self.request.user),
                }
            )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        page, user = self.launch.page.specific, self.request.user
        permissions = page.permissions_for_user(user)
        may_edit = user.has_perm("social_publisher.change_post") and permissions.can_edit()
        shown = self.shown()
        context.update(
            launch=self.launch,
            page=page,
            standing=launch_standing(self.launch),
            may_see_page=permissions.can_edit() or permissions.can_publish() or page.live,
            shown=shown,
            may_edit=may_edit,
            may_submit=may_edit and any(not item["post"].workflow_in_progress for item in shown),
            in_review=any(item["post"].workflow_in_progress for item in shown),
            page_touches=page_touches(page),
            may_compare=permissions.can_edit() or permissions.can_publish(),
            live_revision=page.live_revision_id if page.live_revision_id != page.latest_revision_id else None,
            form=kwargs.get("form") or TimeForm(initial={"goes_live_at": self.launch.goes_live_at}),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Submit all of it, or change the page's time."""
        if not request.user.has_perm("social_publisher.change_post") or not launches.may_launch(
            self.launch.page.specific, request.user
        ):
            raise PermissionDenied(_("Your role does not include this. Ask an administrator."))
        form = TimeForm(request.POST if "time" in request.POST else None)
        try:
            if "submit" in request.POST:
                launches.submit(self.launch, request.user)
                messages.success(request, _("Page and posts are submitted. Another person has to approve them."))
            elif form.is_valid():
                launches.set_go_live(self.launch, form.cleaned_data["goes_live_at"], request.user)
                messages.success(request, _("The page's time is set."))
            else:
                response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
                return response
        except ApprovalError as error:
            messages.error(request, str(error))
        return redirect(request.path)


class DecisionForm(forms.Form):
    """A decision on what was seen: the page's version; the posts' digests stand beside it, by post."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to request changes."),
    )


class LaunchReviewView(LaunchView):
    """The page as it will be, every post exactly as it leaves, and one decision on all of it."""

    template_name = "social_publisher/desk/launches/review.html"
    page_title = _("Review a launch")
    header_icon = "view"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        undecided = {post.pk for post in launches.undecided(self.launch)}
        context["waiting"] = [item for item in context["shown"] if item["post"].pk in undecided]
        context["decided"] = [item for item in context["shown"] if item["post"].pk not in undecided]
        why = launches.why_not(self.launch, self.request.user)
        if not why and not all(item["can_decide"] for item in context["waiting"]):
            why = gettext("You cannot decide on every post: you wrote or edited one, or not all of them are submitted.")
        context["why_not"] = why
        initial = {"version": page_version(self.launch).digest, "comment": kwargs.get("comment", "")}
        context["form"] = kwargs.get("form") or DecisionForm(initial=initial)
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide. What stands against it is said, and the screen shows the launch as it is now, with the comment."""
        form = DecisionForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("The decision could not be read. Look at the launch and decide again."))
            return self._shown(form=form)
        comment = form.cleaned_data["comment"].strip()
        try:
            if "approve" in request.POST:
                whole = launches.approve(self.launch, request.user, self._seen(form), comment)
                messages.success(request, _approved(whole))
            elif not comment:
                messages.error(request, _("Say in the comment what should change."))
                return redirect(request.path)
            else:
                launches.request_changes(self.launch, request.user, comment)
                messages.success(request, _("Sent back with your comment."))
        except ApprovalError as error:
            messages.error(request, str(error))
            self.__dict__.pop("launch", None)
            return self._shown(comment=comment)
        return redirect(reverse("social_launches:show", args=[self.launch.pk]))

    def _shown(self, **context: Any) -> HttpResponse:
        shown: HttpResponse = self.render_to_response(self.get_context_data(**context))
        return shown

    def _seen(self, form: DecisionForm) -> launches.Seen:
        """What the screen showed: a digest for each post it showed."""
        shown = filter(None, map(number, self.request.POST.getlist("posts")))
        named = {pk: self.request.POST.get(f"seen-{pk}", "") for pk in shown}
        return launches.Seen(form.cleaned_data["version"], named)


def _approved(whole: bool) -> Any:
    if whole:
        return _("Approved. The page goes live at its time, and the posts leave once it is seen live.")
    return _("Recorded. Another person has to approve the posts too before the page goes live.")


class LaunchViewSet(DeskViewSet):
    permission = "social_publisher.view_post"
    name = "social_launches"
    url_prefix = "social/launches"
    icon = "date"
    menu_label = _("Launches")

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", LaunchesView.as_view(), name="index"),
            path("new/<int:page_id>/", NewLaunchView.as_view(), name="new"),
            path("<int:pk>/", LaunchView.as_view(), name="show"),
            path("<int:pk>/review/", LaunchReviewView.as_view(), name="review"),
        ]
