"""Holding and releasing: a channel or a campaign from the queue, everything from a screen of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from content.quality.words import plain
from content.records import Campaign
from social_publisher.delivery import pausing
from social_publisher.desk.base import DeskView
from social_publisher.models import Channel, Delivery, Pause
from social_publisher.models.ledger import State

PAUSE = "social_publisher.add_pause"
RECORDED = 20


class PauseForm(forms.Form):
    """Hold or release one channel or one campaign."""

    channel = forms.ModelChoiceField(Channel.objects.all(), required=False)
    campaign = forms.ModelChoiceField(Campaign.objects.all(), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=255, required=False)

    def clean(self) -> dict[str, Any]:
        """A pause has a reason, so that whoever finds it knows why; everything has a screen of its own."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(data.get("channel")) == bool(data.get("campaign")):
            raise forms.ValidationError(_("Choose one channel or one campaign."))
        if "pause" in self.data and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why, so that whoever finds it knows."))
        return data


class PauseEverythingForm(forms.Form):
    """Stop all posts of all campaigns: with a reason, and a word typed so that no stray click does it."""

    word = _("PAUSE")
    reason = forms.CharField(
        label=_("Reason"), max_length=255, help_text=_("Everybody on the desk sees it, and it is kept in the record.")
    )
    confirmation = forms.CharField(label=_("Type PAUSE to confirm"), max_length=20)

    def clean_confirmation(self) -> str:
        """The word, in whatever case, with or without accents."""
        typed: str = self.cleaned_data["confirmation"].strip()
        if plain(typed) != plain(str(self.word)):
            raise forms.ValidationError(_("Type %(word)s."), params={"word": self.word})
        return typed


class PauseView(DeskView):
    """Pauses or resumes one channel or campaign."""

    permission = PAUSE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, say it, go back to the queue."""
        form = PauseForm(request.POST)
        if not form.is_valid():
            problem = next(iter(form.errors.values()))[0]
            messages.error(request, problem)
            return redirect(reverse("social_queue:index"))
        scope = {"channel": form.cleaned_data["channel"], "campaign": form.cleaned_data["campaign"]}
        name = scope["channel"] or scope["campaign"]
        if "pause" in request.POST:
            pausing.pause(**scope, reason=form.cleaned_data["reason"].strip(), user=request.user)
            messages.warning(
                request, _("%(name)s is paused. Nothing of it leaves until you resume it.") % {"name": name}
            )
        else:
            pausing.resume(**scope, user=request.user)
            messages.success(request, _("%(name)s is resumed.") % {"name": name})
        return redirect(reverse("social_queue:index"))


class PauseEverythingView(DeskView):
    """The one switch for everything: what it does, who used it last, and the way back."""

    permission = PAUSE
    template_name = "social_publisher/desk/queue/pause_everything.html"
    header_icon = "warning"

    def get_page_title(self) -> str:
        return str(_("Resume everything") if self._standing() else _("Pause everything"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        now = timezone.now()
        waiting = Delivery.objects.filter(state=State.WAITING.value)
        context.update(
            everything=self._standing(),
            form=kwargs.get("form") or PauseEverythingForm(),
            waiting=waiting.count(),
            overdue=waiting.filter(due_at__lte=now, cut_off_at__gt=now).count(),
            first=waiting.order_by("next_at").first(),
            record=Pause.objects.filter(channel=None, campaign=None).select_related("paused_by", "lifted_by")[
                :RECORDED
            ],
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Pause or resume. What is wrong with the form is said beside its field."""
        if "resume" in request.POST:
            if pausing.resume(user=request.user):
                messages.success(request, _("Everything is resumed. What is due and still useful leaves one by one."))
            return redirect(reverse("social_queue:index"))
        form = PauseEverythingForm(request.POST)
        if not form.is_valid():
            response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
            return response
        pausing.pause(reason=form.cleaned_data["reason"].strip(), user=request.user)
        messages.warning(request, _("Everything is paused. Nothing leaves until somebody resumes it."))
        return redirect(reverse("social_queue:index"))

    def _standing(self) -> Pause | None:
        held: Pause | None = (
            Pause.objects.filter(channel=None, campaign=None, lifted_at=None).select_related("paused_by").first()
        )
        return held
