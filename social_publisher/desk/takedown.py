"""Taking a post down: what will happen, the decision, and each channel until it is done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.snippets.action_menu import ActionMenuItem

from content.quality.words import plain
from social_publisher.approval import corrections
from social_publisher.delivery import takedown
from social_publisher.delivery.recall import why_by_hand
from social_publisher.desk.base import DeskView, DeskViewSet
from social_publisher.desk.status import Standing, delivery_standing
from social_publisher.models import Correction, Delivery, Post, Takedown, TakedownStep
from social_publisher.models.ledger import State

PAGE_SIZE = 50
CONFIRMATION = gettext_lazy("take down")
TONES = {
    TakedownStep.State.WAITING: "calm",
    TakedownStep.State.RECALLING: "calm",
    TakedownStep.State.BY_HAND: "warn",
    TakedownStep.State.FAILED: "bad",
    TakedownStep.State.RECALLED: "good",
    TakedownStep.State.REMOVED: "good",
    TakedownStep.State.GONE: "quiet",
}


def open_takedowns(limit: int) -> list[Any]:
    """Takedowns that are not done, newest first, with the numbers of their steps: `total`, `over`, `for_people`."""
    return list(_with_numbers().filter(done_at=None)[:limit])


def _with_numbers() -> QuerySet[Any]:
    return Takedown.objects.select_related("post", "delivery__channel").annotate(
        total=Count("steps"),
        over=Count("steps", filter=Q(steps__done_at__isnull=False)),
        for_people=Count("steps", filter=Q(steps__state__in=TakedownStep.FOR_A_PERSON)),
    )


class TakedownForm(forms.Form):
    """Why, with which correction, and that it is meant."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kept in the record, with your name. Readers do not see it."),
    )
    confirmation = forms.CharField(label=gettext_lazy("Confirm"), max_length=40)

    def __init__(self, data: Any, usable: list[Correction]) -> None:
        super().__init__(data)
        chosen = Correction.objects.filter(pk__in=[row.pk for row in usable])
        self.fields["correction"] = forms.ModelChoiceField(chosen, required=False)
        self.fields["confirmation"].help_text = _("Type: %(words)s") % {"words": CONFIRMATION}
        self.fields["confirmation"].widget.attrs["autocomplete"] = "off"

    def clean_confirmation(self) -> str:
        """The words, in any case, with or without accents."""
        typed = " ".join(str(self.cleaned_data["confirmation"]).split())
        if plain(typed) != plain(str(CONFIRMATION)):
            raise ValidationError(_("Type “%(words)s” to confirm.") % {"words": CONFIRMATION})
        return typed


class StartView(DeskView):
    """What will happen on each channel, then the decision."""

    permission = "social_publisher.add_takedown"
    template_name = "social_publisher/desk/takedown_start.html"
    page_title = gettext_lazy("Take down")
    header_icon = "bin"

    @cached_property
    def post_object(self) -> Post:
        post: Post = get_object_or_404(Post.objects.select_related("campaign"), pk=self.kwargs["post_id"])
        return post

    @cached_property
    def only(self) -> Delivery | None:
        """The one delivery that it is limited to."""
        pk = self.kwargs.get("delivery_id")
        rows = Delivery.objects.select_related("channel").filter(post=self.post_object)
        return get_object_or_404(rows, pk=pk) if pk is not None else None

    @cached_property
    def deliveries(self) -> list[Delivery]:
        rows = Delivery.objects.select_related("channel").filter(post=self.post_object).order_by("channel__name")
        return [row for row in rows if self.only is None or row.pk == self.only.pk]

    @cached_property
    def usable(self) -> list[Correction]:
        """Approved corrections of the campaign, those in the post's language first."""
        rows = Correction.objects.filter(campaign_id=self.post_object.campaign_id, approved_at__isnull=False)
        found = [row for row in rows.select_related("campaign") if corrections.stands(row)]
        return sorted(found, key=lambda row: (row.language != self.post_object.language, row.name))

    def get_page_subtitle(self) -> str:
        return str(self.post_object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        maybe_out = set(
            Delivery.objects.filter(takedown.MAY_BE_OUT, post=self.post_object).values_list("pk", flat=True)
        )
        out = [row for row in self.deliveries if row.pk in maybe_out]
        waiting = [row for row in self.deliveries if row.state == State.WAITING.value]
        form = kwargs.get("form") or TakedownForm(None, self.usable)
        context.update(
            post=self.post_object,
            only=self.only,
            out=[(row, delivery_standing(row), why_by_hand(row.channel)) for row in out],
            waiting=waiting,
            choices=[(row, _misfits(row, out)) for row in self.usable],
            chosen=form["correction"].value() or "",
            form=form,
            opened=Takedown.objects.filter(post=self.post_object, done_at=None).first(),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it down; what is wrong is said, and nothing typed is lost."""
        form = TakedownForm(request.POST, self.usable)
        if form.is_valid():
            values = form.cleaned_data
            try:
                started = takedown.take_down(
                    self.post_object, request.user, values["reason"], correction=values["correction"], only=self.only
                )
                return redirect(reverse("social_takedown:takedown", args=[started.pk]))
            except takedown.TakedownError as error:
                form.add_error(None, str(error))
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response


def _misfits(correction: Correction, out: list[Delivery]) -> list[str]:
    """The channels where these words do not leave, each with the reason."""
    told = []
    for row in out:
        found = corrections.problems(correction, row.channel)
        if found:
            told.append(f"{row.channel}: {' '.join(problem.message for problem in found)}")
    return told


class TakedownView(DeskView):
    """One takedown, live until it is done. With `fragment`, only what changes."""

    permission = "social_publisher.view_takedown"
    template_name = "social_publisher/desk/takedown.html"
    page_title = gettext_lazy("Takedown")
    header_icon = "bin"

    @cached_property
    def takedown(self) -> Takedown:
        rows = _with_numbers().select_related("with_correction", "correction_post")
        found: Takedown = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    def get_page_subtitle(self) -> str:
        return str(self.takedown.post)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        row = self.takedown
        steps = row.steps.select_related("delivery__channel")
        corrected = Delivery.objects.filter(post=row.correction_post_id).select_related("channel")
        held = set(corrected.held().values_list("pk", flat=True)) if row.correction_post_id else set()
        context.update(
            takedown=row,
            steps=[(step, Standing(step.get_state_display(), TONES[TakedownStep.State(step.state)])) for step in steps],
            corrected=[(one, _correction_standing(one, held)) for one in corrected.order_by("channel__name")],
            may_act=self.request.user.has_perm(StartView.permission),
        )
        return context


class TakedownFragmentView(TakedownView):
    """The part of the screen that changes."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return render(request, "social_publisher/desk/takedown_steps.html", self.get_context_data())


def _correction_standing(delivery: Delivery, held: set[int]) -> Standing:
    if delivery.pk in held and delivery.state == State.WAITING.value:
        return Standing(_("Held"), "warn", _("A pause holds it. It leaves when the pause is lifted."))
    return delivery_standing(delivery)


class StepView(DeskView):
    """What a person did, or wants tried again, on one channel."""

    permission = "social_publisher.add_takedown"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, say it, and go back to the takedown."""
        step = get_object_or_404(TakedownStep.objects.select_related("delivery__channel"), pk=self.kwargs["pk"])
        try:
            if "removed" in request.POST:
                takedown.removed_by_hand(step, request.user)
                messages.success(
                    request, _("Recorded: it is not on %(channel)s any more.") % {"channel": step.delivery.channel}
                )
            else:
                takedown.try_again(step, request.user)
                messages.success(request, _("%(channel)s is asked again.") % {"channel": step.delivery.channel})
        except takedown.TakedownError as error:
            messages.error(request, str(error))
        return redirect(reverse("social_takedown:takedown", args=[step.takedown_id]))


class TakedownListView(DeskView):
    """All takedowns, those not done first."""

    permission = "social_publisher.view_takedown"
    template_name = "social_publisher/desk/takedowns.html"
    page_title = gettext_lazy("Takedowns")
    header_icon = "bin"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows = _with_numbers().order_by(F("done_at").desc(nulls_first=True), "-at", "-pk")
        context["listing"] = Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("p"))
        return context


class TakedownViewSet(DeskViewSet):
    permission = "social_publisher.view_takedown"
    name = "social_takedown"
    url_prefix = "social/takedown"
    icon = "bin"
    menu_label = gettext_lazy("Takedowns")

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", TakedownListView.as_view(), name="index"),
            path("new/<int:post_id>/", StartView.as_view(), name="start"),
            path("new/<int:post_id>/<int:delivery_id>/", StartView.as_view(), name="start_one"),
            path("<int:pk>/", TakedownView.as_view(), name="takedown"),
            path("<int:pk>/steps/", TakedownFragmentView.as_view(), name="steps"),
            path("step/<int:pk>/", StepView.as_view(), name="step"),
        ]


class TakedownMenuItem(ActionMenuItem):
    """In the composer's menu: the way to take the post down, while something of it is out or leaving."""

    label = gettext_lazy("Take down")
    name = "action-take-down"
    icon_name = "bin"
    order = 90
    template_name = "social_publisher/desk/review_menu_item.html"

    def is_shown(self, context: Any) -> bool:
        post = context.get("instance")
        allowed = context["request"].user.has_perm(StartView.permission)
        return bool(allowed and isinstance(post, Post) and post.pk is not None and takedown.may_be_taken_down(post))

    def get_url(self, parent_context: Any) -> str:
        return reverse("social_takedown:start", args=[parent_context["instance"].pk])
