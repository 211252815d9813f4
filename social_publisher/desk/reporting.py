"""What each campaign promised to reach, whom its results are shown to, and who gets its report each month."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from content.numbers import number
from content.records import Campaign
from content.records.entering import EnteringForm
from social_publisher.desk.choosers import GuardedChooserViewSet
from social_publisher.desk.deleting import GuardedDeleteView
from social_publisher.desk.native import day_input
from social_publisher.models import CampaignReporting
from social_publisher.models.reporting import Audience, reporting_of

# The browser's own, which knows the reader's way to write a day and can be used by keyboard.
DAY = day_input()


class ReportingForm(EnteringForm):
    """A campaign's indicators and reports; the campaign is chosen once."""

    audiences = forms.MultipleChoiceField(
        label=_("Target audiences"),
        choices=Audience.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As the Funding & Tenders Portal names them; they stand in its table of communication activities."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaign = self.fields["campaign"]
        if self.instance.pk:
            campaign.disabled = True
        else:
            campaign.queryset = Campaign.objects.filter(reporting=None)


class ReportingIndexView(IndexView):
    """Every campaign, whether or not it has promised anything yet."""

    def get_base_queryset(self) -> QuerySet[Campaign]:
        counted: QuerySet[Campaign] = Campaign.objects.select_related("reporting", "project").annotate(
            promised=Count("reporting__indicators")
        )
        return counted

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", label=_("Campaign"), get_url=self.get_edit_url, sort_key="name"),
            Column("project", label=_("Project")),
            Column("promised", label=_("Indicators")),
            Column("public", label=_("Results are public"), accessor=_is_public),
        ]

    def get_edit_url(self, instance: Campaign) -> str | None:
        """The settings' own screen; where there are none yet, the form that makes them."""
        reporting = reporting_of(instance)
        if reporting.pk:
            return reverse(self.edit_url_name, args=[reporting.pk]) if self.user_has_permission("change") else None
        if not self.user_has_permission("add"):
            return None
        return f"{reverse(self.add_url_name)}?{urlencode({'campaign': instance.pk})}"

    def get_list_buttons(self, instance: Campaign) -> list[Any]:
        return []


class ReportingCreateView(CreateView):
    """Indicators for a campaign that has none; the campaign comes with the address."""

    def get_initial_form_instance(self) -> CampaignReporting:
        instance = CampaignReporting()
        campaign = Campaign.objects.filter(pk=number(self.request.GET.get("campaign", "")), reporting=None).first()
        if campaign is not None:
            instance.campaign_id, instance.mail_language = campaign.pk, campaign.language
        return instance


class ReportingViewSet(SnippetViewSet):
    chooser_viewset_class = GuardedChooserViewSet
    delete_view_class = GuardedDeleteView
    model = CampaignReporting
    name = "campaign_reporting"
    icon = "tasks"
    menu_label = _("Indicators")
    index_view_class = ReportingIndexView
    add_view_class = ReportingCreateView
    search_fields = ["name"]
    ordering = ["name"]
    list_per_page = 50
    copy_view_enabled = False

    indicator_panels = [
        FieldRowPanel([FieldPanel("counts"), FieldPanel("stage")]),
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("baseline"), FieldPanel("target")]),
        FieldRowPanel([FieldPanel("actual"), FieldPanel("reported_on", widget=DAY)]),
        FieldPanel("source"),
        InlinePanel("labels", heading=_("In other languages"), label=_("label")),
    ]
    panels = [
        FieldPanel("campaign", widget=forms.Select, classname="desk-select"),
        InlinePanel(
            "indicators",
            heading=_("Indicators"),
            label=_("indicator"),
            panels=indicator_panels,
            help_text=_("What was promised, and how far it is. Leave what was reached empty until it is reported."),
        ),
        MultiFieldPanel([FieldPanel("shows_results"), FieldPanel("audiences")], heading=_("Whom it is shown to")),
        MultiFieldPanel([FieldPanel("mail_to"), FieldPanel("mail_language")], heading=_("Each month by mail")),
    ]

    def get_edit_handler(self) -> object:
        return ObjectList(self.panels, base_form_class=ReportingForm).bind_to_model(self.model)


def _is_public(campaign: Campaign) -> str:
    return gettext("Yes") if reporting_of(campaign).shows_results else gettext("No")
