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
        parts = attempts[-1].payload["parts"] if attempts else []
        context.update(
            delivery=delivery,
            standing=delivery_standing(delivery),
            attempts=attempts,
            parts_out=delivery.parts_out,
            question=parts[len(delivery.parts_out) :][:1] if len(parts) > 1 else parts,
            part_number=len(delivery.parts_out) + 1 if len(parts) > 1 else 0,
            there=kwargs.get("there") or ThereForm(),
            again=kwargs.get("again") or AgainForm(),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the answer; what is wrong with it is said beside its field, and nothing typed is lost."""
        there = ThereForm(request.POST if "there" in request.POST else None)
        again = AgainForm(request.POST if "again" in request.POST else None)
        form: forms.Form = there if there.is_bound else again
        try:
            if "leave" in request.POST or form.is_valid():
                messages.success(request, self._decided(form))
                return redirect(reverse("social_queue:index"))
        except decide.DecisionError as error:
            if not form.is_bound:
                messages.error(request, str(error))
                return redirect(request.path)
            form.add_error("url" if form is there else "reason", str(error))
        response: HttpResponse = self.render_to_response(self.get_context_data(there=there, again=again))
        return response

    def _decided(self, form: forms.Form) -> Any:
        """Do what the form says, and return what it came to."""
        if not form.is_bound:
            decide.leave_as_it_is(self.delivery, self.request.user)
            return _("Recorded: it stays as it is.")
        if isinstance(form, ThereForm):
            whole = decide.confirm(self.delivery, form.cleaned_data["url"], self.request.user)
            return _("Recorded: it is out.") if whole else _("Recorded: this part is out.")
        leaves = decide.send_again(self.delivery, form.cleaned_data["reason"], self.request.user)
        if leaves:
            return _("It leaves again now.")
        return _("Recorded: it is not out. Choose a new time for the post and have it approved again.")
