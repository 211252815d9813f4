"""The calendar of times when nothing should be posted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from content.records import Country
from social_publisher.approval.blackouts import shown, stopped_by
from social_publisher.desk.base import wide
from social_publisher.desk.choosers import GuardedChooserViewSet
from social_publisher.desk.deleting import GuardedDeleteView
from social_publisher.desk.local_time import in_reach
from social_publisher.models import Approval, Blackout


class BlackoutForm(WagtailAdminModelForm):
    """A blackout; its times are in the editor's own zone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = gettext("In your time zone, %(zone)s.") % {"zone": timezone.get_current_timezone_name()}
        for name in ("starts_at", "ends_at"):
            self.fields[name].help_text = zone
            self.fields[name].validators.append(in_reach)
        countries = sorted(Country.objects.all(), key=lambda country: country.name)
        self.fields["countries"].choices = [(country.pk, country.name) for country in countries]

    def save(self, commit: bool = True) -> Blackout:
        """Whoever makes it is kept."""
        if self.instance.pk is None:
            self.instance.created_by = self.for_user
        blackout: Blackout = super().save(commit)
        return blackout


class SaysWhatStoppedMixin:
    """After saving, says how many approved posts the blackout stopped."""

    object: Blackout
    request: Any

    @cached_property
    def began(self) -> datetime:
        """When the request came, before anything was saved."""
        return timezone.now()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; what waits inside is stopped by then."""
        assert self.began
        response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def save_action(self) -> HttpResponse:
        """Tell of the posts that were stopped."""
        stopped = Approval.objects.filter(voided_at__gte=self.began, voided_reason=stopped_by(self.object)).count()
        if stopped:
            words = ngettext(
                "%(count)d approved post was to leave then. It was stopped and needs a new time and approval.",
                "%(count)d approved posts were to leave then. They were stopped and need a new time and approval.",
                stopped,
            )
            messages.warning(self.request, words % {"count": stopped})
        response: HttpResponse = super().save_action()  # type: ignore[misc]
        return response


class BlackoutCreateView(SaysWhatStoppedMixin, CreateView):
    """A new blackout."""


class BlackoutEditView(SaysWhatStoppedMixin, EditView):
    """An existing blackout."""


class BlackoutFilters(WagtailFilterSet):
    """By kind, country, and whether it is over."""

    countries = django_filters.ModelMultipleChoiceFilter(
        label=_("Country"), queryset=Country.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    when = django_filters.ChoiceFilter(
        label=_("When"),
        choices=[("coming", _("Now and coming")), ("past", _("Over"))],
        method="by_time",
        empty_label=_("All"),
    )

    class Meta:
        model = Blackout
        fields = ["kind"]

    def by_time(self, rows: QuerySet[Blackout], name: str, value: str) -> QuerySet[Blackout]:
        """Those that are not over yet, or those that are."""
        now = timezone.now()
        return rows.filter(ends_at__gt=now) if value == "coming" else rows.filter(ends_at__lte=now)


def _names(related: Any, none: object) -> str:
    return ", ".join(sorted(str(one) for one in related.all())) or str(none)


def _when(blackout: Blackout) -> str:
    """In the zone of whoever looks."""
    return f"{shown(blackout.starts_at)} – {shown(blackout.ends_at)}"


class BlackoutViewSet(SnippetViewSet):
    chooser_viewset_class = GuardedChooserViewSet
    delete_view_class = GuardedDeleteView
    model = Blackout
    name = "blackouts"
    icon = "calendar"
    menu_label = _("Blackouts")
    add_view_class = BlackoutCreateView
    edit_view_class = BlackoutEditView
    filterset_class = BlackoutFilters
    inspect_view_enabled = True
    inspect_view_fields = ["name", "kind", "starts_at", "ends_at", "countries", "campaigns", "created_by"]
    list_display = [
        "name",
        wide("kind", _("Kind"), accessor="get_kind_display"),
        Column("when", label=_("When"), accessor=_when, sort_key="starts_at"),
        Column("countries", label=_("Countries"), accessor=lambda row: _names(row.countries, _("Everywhere"))),
        Column(
            "campaigns",
            label=_("Campaigns"),
            accessor=lambda row: _names(row.campaigns, _("All")),
            classname="desk-wide-only",
        ),
    ]
    search_fields = ["name"]
    ordering = ["-starts_at"]
    list_per_page = 50
    copy_view_enabled = False

    panels = [
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("countries", widget=forms.CheckboxSelectMultiple, classname="desk-checkboxes"),
        FieldPanel("campaigns", widget=forms.CheckboxSelectMultiple, classname="desk-checkboxes"),
    ]

    def get_edit_handler(self) -> object:
        return ObjectList(self.panels, base_form_class=BlackoutForm).bind_to_model(self.model)

    def get_queryset(self, request: Any) -> QuerySet[Blackout]:
        """Blackouts with what the list shows."""
        return Blackout.objects.prefetch_related("countries", "campaigns")
