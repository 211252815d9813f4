"""How staff enter hotlines, check them at their source, and are told when a check ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from content.records import Hotline
from content.records.hotline import HOLDS, WARN
from content.records.languages import SPOKEN, language_name

LONGEST = timedelta(days=366)


def state_of(hotline: Hotline) -> str:
    """What staff must know first: is it shown, for how long, and if not, why not."""
    today = timezone.localdate()
    if hotline.verified_by_id is None or hotline.verified_on is None or hotline.expires_on is None:
        return gettext("Hidden: nobody has checked it")
    if hotline.expires_on < today:
        return gettext("Hidden: the check has ended")
    if hotline.expires_on <= today + WARN:
        return gettext("Shown, but the check ends soon")
    return gettext("Shown")


class HotlineForm(WagtailAdminModelForm):
    """Whoever changes anything takes the check back, unless they say that they have just checked it."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        help_text=_("In which the service answers."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: sorted(((code, language_name(code)) for code in SPOKEN), key=lambda pair: pair[1]),
    )
    checked = forms.BooleanField(
        label=_("I have checked every fact at its source today"),
        help_text=_("Only then it is shown. Any later change without this tick hides it again."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A check ends within a year, and not in the past."""
        cleaned: dict[str, Any] = super().clean()
        today, ends = timezone.localdate(), cleaned.get("expires_on")
        if cleaned.get("checked") and ends and not today <= ends <= today + LONGEST:
            self.add_error("expires_on", ValidationError(_("Choose a day from today to one year from now.")))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Write down who checked it and when, or that nobody has."""
        today = timezone.localdate()
        if self.cleaned_data["checked"]:
            self.instance.verified_by, self.instance.verified_on = self.for_user, today
            self.instance.expires_on = self.instance.expires_on or today + HOLDS
        elif self.instance.pk is None or self._is_changed():
            self.instance.verified_by, self.instance.verified_on = None, None
        return super().save(commit=commit)

    def _is_changed(self) -> bool:
        return bool(self.changed_data) or any(formset.has_changed() for formset in self.formsets.values())


class HotlineViewSet(SnippetViewSet):
    model = Hotline
    icon = "warning"
    list_display = ["name", "country", "number", Column(state_of, label=_("State")), "verified_on", "expires_on"]
    list_filter = ["country"]
    search_fields = ["name", "number"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("country"), FieldPanel("name_language")]),
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("number"), FieldPanel("form_url")]),
            InlinePanel("texts", heading=_("What it takes, by language"), label=_("language"), min_num=1),
            MultiFieldPanel(
                [
                    FieldPanel("languages"),
                    FieldPanel("around_the_clock"),
                    FieldRowPanel([FieldPanel("cost"), FieldPanel("anonymous")]),
                ],
                heading=_("How it works"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("source_url"),
                    FieldPanel("checked"),
                    FieldPanel("expires_on"),
                    FieldRowPanel(
                        [FieldPanel("verified_by", read_only=True), FieldPanel("verified_on", read_only=True)]
                    ),
                ],
                heading=_("Check"),
            ),
        ],
        base_form_class=HotlineForm,
    )


class HotlineReportView(ReportView):
    """Every hotline that is hidden, or will be within 30 days."""

    model = Hotline
    page_title = _("Hotlines to check")
    header_icon = "warning"
    index_url_name = "hotline_report"
    index_results_url_name = "hotline_report_results"
    permission_policy = ModelPermissionPolicy(Hotline)
    any_permission_required = ["add", "change", "delete"]
    list_export = ["country.code", "name", "verified_on", "expires_on", "source_url"]
    export_headings = {"country.code": _("Country")}
    columns = [
        TitleColumn("name", label=_("Name"), url_name="wagtailsnippets_content_hotline:edit"),
        Column("country", label=_("Country")),
        Column(state_of, label=_("State")),
        DateColumn("expires_on", label=_("Hidden after")),
    ]

    def get_queryset(self) -> Any:
        """What ends first comes first."""
        return Hotline.objects.needing_a_look(timezone.localdate()).select_related("country")
