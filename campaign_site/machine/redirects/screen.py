"""The import's screen: choose a file, read what would happen, then store it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaign_site.machine.redirects.plan import Outcome, Plan
from campaign_site.machine.redirects.store import look, store
from campaign_site.machine.redirects.table import MOST_BYTES, Row, TableError, read_table

PERMISSION = "wagtailredirects.add_redirect"
SHOWN = 500


class FileForm(forms.Form):
    """The table, as a file or, once it was checked, as the text that was shown."""

    file = forms.FileField(
        label=gettext_lazy("Table"),
        required=False,
        help_text=gettext_lazy("CSV in UTF-8: the old address in the first column, the new one in the second."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    text = forms.CharField(required=False, max_length=MOST_BYTES, widget=forms.HiddenInput, strip=False)

    def clean(self) -> dict[str, Any]:
        """One of the two, read as a table."""
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload is None and not cleaned.get("text"):
            raise forms.ValidationError(_("Choose a file."))
        if upload is not None and upload.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB. Divide it and import the parts one by one."))
        data = upload.read() if upload is not None else cleaned["text"].encode()
        try:
            cleaned["rows"] = read_table(data)
        except TableError as error:
            raise forms.ValidationError(str(error)) from error
        cleaned["text"] = data.decode("utf-8-sig")
        return cleaned


class ImportView(WagtailAdminTemplateMixin, View):
    """GET shows the form; POST checks the file; POST with `store` stores what was shown, if it still holds."""

    template_name = "machine/redirects.html"
    page_title = gettext_lazy("Import old addresses")
    header_icon = "redirect"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only whoever may add redirects."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied(_("Your role does not include this screen. Ask an administrator."))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        redirects = {"url": reverse("wagtailredirects:index"), "label": _("Redirects")}
        return [*self.breadcrumbs_items, redirects, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form alone."""
        return self._show(FileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """The report; or, asked to store and nothing refused, the list of redirects."""
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form)
        rows: list[Row] = form.cleaned_data["rows"]
        if "store" not in request.POST:
            return self._show(form, look(rows))
        try:
            done = store(rows)
        except TableError as error:
            messages.error(request, str(error))
            return self._show(form, look(rows))
        count = len(done.stored)
        said = ngettext("%(count)s old address leads on now.", "%(count)s old addresses lead on now.", count)
        messages.success(request, said % {"count": count})
        return redirect("wagtailredirects:index")

    def _show(self, form: FileForm, found: Plan | None = None) -> HttpResponse:
        rows = sorted(found.rows, key=lambda row: (row.outcome is not Outcome.REFUSED, row.row.line)) if found else []
        context = self.get_context_data(
            form=form,
            found=found,
            rows=rows[:SHOWN],
            left_out=max(0, len(rows) - SHOWN),
            text=form.cleaned_data.get("text", "") if found else "",
            counts={outcome.name.lower(): found.count(outcome) for outcome in Outcome} if found else {},
        )
        response: HttpResponse = self.render_to_response(context)
        return response


urlpatterns = [path("import-old-addresses/", ImportView.as_view(), name="import-old-addresses")]
