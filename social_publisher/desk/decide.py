"""The screen of a delivery that needs a person: what happened, where to look, and the two answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from social_publisher.delivery import decide
from social_publisher.desk.base import DeskView
from social_publisher.desk.status import delivery_standing
from social_publisher.models import Delivery
from social_publisher.models.ledger import State


class ThereForm(forms.Form):
    """It is on the network, under this address."""

    url = forms.CharField(
        label=_("The post's address on the network"),
        max_length=500,
        widget=forms.URLInput,
        help_text=_("Open the post on the channel's page and copy its address."),
    )


class AgainForm(forms.Form):
    """It is not on the network, or should be tried again, for this reason."""

    reason = forms.CharField(
        label=_("How you know"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the record, with your name."),
    )


class DecideView(DeskView):
    """Shows one delivery; takes "it is there" or "send again"."""

    permission = "social_publisher.change_delivery"
    template_name = "social_publisher/desk/decide.html"
    page_title = _("Needs a person")
    header_icon = "warning"

    @cached_property
    def delivery(self) -> Delivery:
        rows = Delivery.objects.select_related("post", "channel", "approval", "short_link")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.delivery.channel)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        delivery = self.delivery
        attempts = list(delivery.attempts.all())
        context.update(
            delivery=delivery,
            standing=delivery_standing(delivery),
            attempts=attempts,
            parts=attempts[-1].payload["parts"] if attempts else [],
            parts_out=delivery.parts_out,
            may_be_there=delivery.state == State.NEEDS_PERSON.value,
            may_go_again=delivery.state in {State.NEEDS_PERSON.value, State.FAILED.value},
            there=kwargs.get("there") or ThereForm(),
            again=kwargs.get("again") or AgainForm(),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the answer; what is wrong with it is said beside its field, and nothing typed is lost."""
        there = ThereForm(request.POST if "there" in request.POST else None)
        again = AgainForm(request.POST if "again" in request.POST else None)
        form: forms.Form = there if there.is_bound else again
        if form.is_valid():
            try:
                if form is there:
                    decide.confirm(self.delivery, there.cleaned_data["url"], request.user)
                    messages.success(request, _("Recorded: it is out."))
                else:
                    decide.send_again(self.delivery, again.cleaned_data["reason"], request.user)
                    messages.success(request, _("It leaves again now."))
                return redirect(reverse("social_queue:index"))
            except decide.DecisionError as error:
                form.add_error("url" if form is there else "reason", str(error))
        response: HttpResponse = self.render_to_response(self.get_context_data(there=there, again=again))
        return response
