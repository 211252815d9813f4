"""What each campaign brings to its posts, and how strict it is with them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import CreateView, IndexView, InspectView, SnippetViewSet

from content.numbers import number
from content.records import Campaign
from social_publisher.desk.choosers import GuardedChooserViewSet
from social_publisher.desk.deleting import GuardedDeleteView
from social_publisher.messages.checks import ALWAYS_BLOCKING, LABELS, Check
from social_publisher.messages.words import HASHTAG
from social_publisher.models import CampaignRules
from social_publisher.models.rules import rules_of

CHOICES = [(check.value, LABELS[check]) for check in Check if check not in ALWAYS_BLOCKING]


class RulesForm(WagtailAdminModelForm):
    """A campaign's rules. What blocks on every campaign is not offered; the campaign is chosen once."""

    blocking_checks = forms.MultipleChoiceField(
        label=_("Checks that block"),
        choices=CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A post with one of these findings is neither submitted nor approved. The others advise. What the network "
            "would not take, missing descriptions and unchecked translations block always."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaign = self.fields["campaign"]
        if self.instance.pk:
            campaign.disabled = True
        else:
            campaign.queryset = Campaign.objects.filter(rules=None)

    def clean_hashtags(self) -> str:
        """Each one as it stands in a post. Raises ValidationError."""
        tags: list[str] = self.cleaned_data["hashtags"].split()
        if wrong := [tag for tag in tags if not HASHTAG.fullmatch(tag)]:
            words = gettext("%(tag)s is no hashtag: write # and letters or digits, with blanks between hashtags.")
            raise ValidationError(words % {"tag": wrong[0]})
        return " ".join(dict.fromkeys(tags))


class RulesIndexView(IndexView):
    """Every campaign, whether or not it has rules of its own."""

    def get_base_queryset(self) -> QuerySet[Campaign]:
        return Campaign.objects.select_related("rules", "project")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", label=_("Campaign"), get_url=self.get_edit_url, sort_key="name"),
            Column("project", label=_("Project")),
            Column("strictness", label=_("How strict"), accessor=_strictness),
            Column("approvers", label=_("Approvers"), accessor=lambda campaign: _approvers(rules_of(campaign))),
        ]

    def get_edit_url(self, instance: Campaign) -> str | None:
        """The rules' own screen; where there are none yet, the form that makes them."""
        rules = rules_of(instance)
        if rules.pk:
            name = self.edit_url_name if self.user_has_permission("change") else self.inspect_url_name
            return reverse(name, args=[rules.pk])
        if not self.user_has_permission("add"):
            return None
        return f"{reverse(self.add_url_name)}?{urlencode({'campaign': instance.pk})}"

    def get_list_buttons(self, instance: Campaign) -> list[Any]:
        return []


class RulesCreateView(CreateView):
    """Rules for a campaign, with the usual strictness to begin with; the campaign comes with the address."""

    def get_initial_form_instance(self) -> CampaignRules:
        instance = CampaignRules()
        campaign = number(self.request.GET.get("campaign", ""))
        if Campaign.objects.filter(pk=campaign, rules=None).exists():
            instance.campaign_id = campaign
        return instance


class RulesInspectView(InspectView):
    """A campaign's rules for those who may only read them."""

    def get_blocking_checks_display_value(self) -> str:
        rules: CampaignRules = self.object
        return "; ".join(str(LABELS[check]) for check in Check if check in ALWAYS_BLOCKING or rules.blocks(check))

    def get_is_sensitive_display_value(self) -> str:
        return gettext("Yes") if self.object.is_sensitive else gettext("No")

    def get_second_level_display_value(self) -> str:
        return gettext("Yes") if self.object.second_level else gettext("No")

    def get_mentions_display_value(self) -> str:
        mentions = self.object.mentions.all()
        return ", ".join(f"{mention.handle} ({mention.get_network_display()})" for mention in mentions) or "-"


class RulesViewSet(SnippetViewSet):
    chooser_viewset_class = GuardedChooserViewSet
    delete_view_class = GuardedDeleteView
    model = CampaignRules
    name = "campaign_rules"
    icon = "clipboard-list"
    menu_label = _("Rules")
    index_view_class = RulesIndexView
    add_view_class = RulesCreateView
    inspect_view_class = RulesInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "campaign",
        "is_sensitive",
        "second_level",
        "blocking_checks",
        "avoided_terms",
        "public_contacts",
        "hashtags",
        "utm_content",
        "mentions",
    ]
    search_fields = ["name"]
    ordering = ["name"]
    list_per_page = 50
    copy_view_enabled = False

    panels = [
        FieldPanel("campaign", widget=forms.Select, classname="desk-select"),
        MultiFieldPanel(
            [FieldPanel("is_sensitive"), FieldPanel("second_level"), FieldPanel("blocking_checks")],
            heading=_("How strict"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "avoided_terms",
                    help_text=_(
                        "One a line; after a colon the term to use instead. Found as a whole word, in any case. "
                        "For example: illegal immigrant: irregular migrant"
                    ),
                ),
                FieldPanel("public_contacts"),
            ],
            heading=_("Words"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("hashtags"), FieldPanel("utm_content")])], heading=_("What it brings to posts")
        ),
        InlinePanel("mentions", heading=_("Accounts to mention"), label=_("account")),
    ]

    def get_edit_handler(self) -> object:
        return ObjectList(self.panels, base_form_class=RulesForm).bind_to_model(self.model)


def _strictness(campaign: Campaign) -> str:
    rules = rules_of(campaign)
    if rules.is_sensitive:
        return gettext("Sensitive: every check blocks")
    count = sum(rules.blocks(check) for check in Check if check not in ALWAYS_BLOCKING)
    words = (
        gettext("%(count)d of %(all)d checks block") if rules.pk else gettext("The usual: %(count)d of %(all)d block")
    )
    return words % {"count": count, "all": len(CHOICES)}


def _approvers(rules: CampaignRules) -> str:
    return gettext("Two") if rules.second_level else gettext("One")
