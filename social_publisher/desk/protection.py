"""Saying how an account is protected on its network."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from social_publisher.connections import protection
from social_publisher.desk.base import DeskView
from social_publisher.models import Channel, Protection

SHOWN = 20


class ProtectionForm(forms.ModelForm):
    """What was seen on the network."""

    class Meta:
        model = Protection
        fields = ["factor", "recovery_kept", "people", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["factor"] = forms.ChoiceField(
            label=_("Second factor"), choices=Protection.Factor.choices, widget=forms.RadioSelect
        )
        self.fields["people"].widget.attrs["min"] = 1

    def clean_people(self) -> int:
        """Somebody can sign in to every account."""
        people: int = self.cleaned_data["people"]
        if people < 1:
            raise forms.ValidationError(_("At least one person can sign in to it. Count them on the network."))
        return people


class ProtectionView(DeskView):
    """One account: what was said of it until now, and the form to say it anew."""

    confirms = True
    permission = "social_publisher.add_credential"
    template_name = "social_publisher/desk/connect/protection.html"
    page_title = gettext_lazy("Second factor of the account")
    header_icon = "key"

    @cached_property
    def channel(self) -> Channel:
        """The channel of the address."""
        channel: Channel = get_object_or_404(Channel, pk=self.kwargs["pk"])
        if not channel.connects:
            raise Http404("this channel's network needs no connection")
        return channel

    def get_page_subtitle(self) -> str:
        return str(self.channel)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "channel": self.channel,
            "standing": protection.standing(self.channel, timezone.now()),
            "rows": Protection.objects.filter(channel=self.channel)[:SHOWN],
            "days": protection.GOOD_FOR.days,
            "form": kwargs.get("form") or ProtectionForm(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write it down."""
        form = ProtectionForm(request.POST)
        if not form.is_valid():
            response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
            return response
        protection.attest(self.channel, form.save(commit=False), request.user, timezone.now())
        messages.success(request, _("Written down. You are reminded when it is time to look again."))
        return redirect(reverse("social_connect:manage", args=[self.channel.pk]))
