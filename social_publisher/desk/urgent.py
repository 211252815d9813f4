"""Break-glass on screen: sending an alert at once, half a minute to undo it, a second person's word afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from social_publisher.approval import break_glass
from social_publisher.approval.errors import ApprovalError
from social_publisher.approval.links import ensure_short_links
from social_publisher.approval.package import Package, Parcel, build_package
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.desk.base import DeskView
from social_publisher.desk.status import delivery_standing
from social_publisher.messages.lengths import LONGEST_COMMENT
from social_publisher.models import BreakGlass, Delivery, Pause, Post
from social_publisher.models.ledger import State


class BreakGlassForm(forms.Form):
    """Why it cannot wait, and the campaign's code typed out. `seen` is the digest of what the screen showed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label=_("Why it cannot wait for a second person"),
        min_length=break_glass.LEAST_REASON,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who is told reads it, and it stays in the record."),
    )
    confirmation = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, code: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._code = code
        self.fields["confirmation"].label = _("Type %(code)s to confirm") % {"code": code}

    def clean_confirmation(self) -> str:
        """Exactly the code, so that nobody sends by a slip."""
        typed: str = self.cleaned_data["confirmation"].strip()
        if typed != self._code:
            raise forms.ValidationError(_("Type %(code)s, exactly so.") % {"code": self._code})
        return typed


class BreakGlassView(DeskView):
    """Sends an alert without a second person, after a reason and a typed confirmation."""

    confirms = True
    permission = break_glass.BREAK
    template_name = "social_publisher/desk/break_glass.html"
    page_title = _("Send at once, without a second person")
    header_icon = "warning"

    @cached_property
    def post_object(self) -> Post:
        post: Post = get_object_or_404(Post.objects.select_related("campaign"), pk=self.kwargs["pk"])
        return post

    def get_page_subtitle(self) -> str:
        return str(self.post_object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        content, now = self.post_object.current(), ledger_now()
        # What is shown has the links it leaves with.
        ensure_short_links(content)
        package, urgent = break_glass.leaving_at_once(content, now)
        blocking, told = break_glass.found_at_once(content, urgent, now)
        form = kwargs.get("form") or BreakGlassForm(content.campaign.code, initial={"seen": package.digest})
        context.update(
            post=self.post_object,
            content=content,
            package=urgent,
            blocking=blocking,
            told=told,
            pauses=_pauses(self.post_object, urgent),
            form=form if content.is_alert and not blocking else None,
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it, and show the half minute in which it can be undone."""
        form = BreakGlassForm(self.post_object.current().campaign.code, request.POST)
        if form.is_valid():
            data = form.cleaned_data
            try:
                broken = break_glass.break_glass(
                    self.post_object, request.user, data["seen"], data["reason"].strip(), ledger_now()
                )
            except ApprovalError as error:
                messages.error(request, str(error))
                return redirect(request.path)
            return redirect(reverse("social_approvals:sent", args=[broken.pk]))
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response


class SignOffForm(forms.Form):
    """What a second person says afterwards."""

    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to object."),
    )

    def clean(self) -> dict[str, Any]:
        """An objection says why."""
        data: dict[str, Any] = super().clean() or {}
        if "object" in self.data and not data.get("comment", "").strip():
            self.add_error("comment", _("Say what is wrong with it: others have to act on it."))
        return data


class SentView(DeskView):
    """One post that was sent without a second person: undo, exactly what left, and the word on it afterwards."""

    permission = "social_publisher.view_post"
    template_name = "social_publisher/desk/sent.html"
    page_title = _("Sent without a second person")
    header_icon = "warning"

    @cached_property
    def broken(self) -> BreakGlass:
        rows = BreakGlass.objects.select_related("approval__post__campaign")
        broken: BreakGlass = get_object_or_404(rows, pk=self.kwargs["pk"])
        return broken

    def get_page_subtitle(self) -> str:
        return str(self.broken.approval.post)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        broken, approval, user = self.broken, self.broken.approval, self.request.user
        rows = list(Delivery.objects.filter(approval=approval).select_related("channel", "post"))
        content = approval.post.current()
        package = build_package(content)
        why_not = break_glass.why_not_sign(broken, user)
        context.update(
            broken=broken,
            post=approval.post,
            content=content,
            now=ledger_now(),
            rows=[(row, delivery_standing(row)) for row in rows],
            waits=any(row.state == State.WAITING.value for row in rows),
            may_undo=user.has_perm(break_glass.BREAK),
            pauses=_pauses(approval.post, package),
            parcels=_as_sent(broken, package) if package.digest == approval.digest else [],
            kept=approval.package["parcels"],
            is_red=BreakGlass.objects.red().filter(pk=broken.pk).exists(),
            why_not=why_not,
            form=kwargs.get("form") or (None if why_not else SignOffForm()),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Undo it, sign it off, or object to it."""
        form = SignOffForm(request.POST)
        if "undo" not in request.POST and not form.is_valid():
            response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
            return response
        try:
            if "undo" in request.POST:
                left = break_glass.undo(self.broken, request.user, ledger_now())
                self._undone(left)
            else:
                objects = "object" in request.POST
                comment = form.cleaned_data["comment"].strip()
                break_glass.sign_off(self.broken, request.user, ledger_now(), comment, objects=objects)
                messages.success(request, _("Your objection is recorded.") if objects else _("Signed off."))
        except ApprovalError as error:
            messages.error(request, str(error))
        return redirect(request.path)

    def _undone(self, left: int) -> None:
        if left:
            messages.warning(
                self.request, _("The rest is stopped. On %(count)d channels it had left.") % {"count": left}
            )
        else:
            messages.success(self.request, _("Undone. Nothing of it left."))


def _as_sent(broken: BreakGlass, package: Package) -> list[Parcel]:
    """The parcels with the time they left at, whatever time had been planned."""
    return [replace(parcel, due_at=broken.undo_until) for parcel in package.parcels]


def _pauses(post: Post, package: Package) -> list[Pause]:
    """What holds a part of the post now."""
    channels = {parcel.channel.pk for parcel in package.parcels}
    standing = Pause.objects.filter(lifted_at=None).select_related("channel", "campaign")
    return [
        pause
        for pause in standing
        if pause.channel_id in channels
        or pause.campaign_id == post.campaign_id
        or (pause.channel_id is None and pause.campaign_id is None)
    ]
