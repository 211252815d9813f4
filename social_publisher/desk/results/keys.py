"""An analyst's own keys to the numbers as JSON: made, shown once, and taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from content.numbers import number
from social_publisher.approval.audit import record
from social_publisher.desk.base import DeskView
from social_publisher.models import ResultsToken
from social_publisher.reports.keys import MOST, make

PERMISSION = "social_publisher.view_engagementsnapshot"


class KeyForm(forms.ModelForm):
    """What the key is for."""

    class Meta:
        model = ResultsToken
        fields = ["name"]


class KeysView(DeskView):
    """One's own keys. A new one is shown once, and never again."""

    confirms = True
    permission = PERMISSION
    template_name = "social_publisher/desk/results/keys.html"
    page_title = _("Keys to the numbers")
    header_icon = "key"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make one, or take one back."""
        if "revoke" in request.POST:
            found = ResultsToken.objects.filter(owner_id=request.user.pk, pk=number(request.POST["revoke"])).first()
            if found is not None:
                record("key.revoked", found.name, request.user)
                found.delete()
                messages.success(request, _("The key opens nothing any more."))
            return redirect("social_results:keys")
        form = KeyForm(request.POST)
        if self._own().count() >= MOST:
            form.add_error("name", _("You have as many keys as one person can have. Revoke one first."))
        if not form.is_valid():
            return self._shown(form=form)
        key = make(request.user, form.cleaned_data["name"])
        record("key.made", form.cleaned_data["name"], request.user)
        response = self._shown(form=KeyForm(), key=key)
        response.headers["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "form": kwargs.get("form") or KeyForm(), "key": kwargs.get("key", ""), "keys": self._own()}

    def _shown(self, **context: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(**context))
        return response

    def _own(self) -> Any:
        return ResultsToken.objects.filter(owner_id=self.request.user.pk)
