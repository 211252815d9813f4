"""How staff find and edit the records."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from content.records import Author, Campaign, Country, Funder, Grant, Partner, Programme, Project, Series, Theme, Topic
from content.staff.hotlines import HotlineViewSet


class CampaignViewSet(SnippetViewSet):
    model = Campaign
    icon = "globe"
    list_display = ["name", "project", "status", "hashtag"]
    list_filter = ["status", "project"]
    search_fields = ["name", "code"]


class ProjectViewSet(SnippetViewSet):
    model = Project
    icon = "folder-open-inverse"
    list_display = ["acronym", "name", "status", "grant"]
    list_filter = ["status", "themes"]
    search_fields = ["acronym", "name", "alternative_name"]


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name", "code"]


class FunderViewSet(SnippetViewSet):
    model = Funder
    icon = "group"
    list_display = ["name", "kind"]
    list_filter = ["kind"]


class ProgrammeViewSet(SnippetViewSet):
    model = Programme
    icon = "list-ul"
    list_display = ["name", "funder", "period", "shows_eu_emblem"]


class GrantViewSet(SnippetViewSet):
    model = Grant
    icon = "form"
    list_display = ["name", "programme", "call", "reference"]


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "group"
    list_display = ["name", "short_name", "country"]


class CountryViewSet(SnippetViewSet):
    model = Country
    icon = "site"
    list_display = ["name", "code", "selec_member", "eu_member"]
    list_filter = ["selec_member", "eu_member"]


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug"]
    search_fields = ["name"]


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    list_display = ["name", "kind", "role"]
    list_filter = ["kind"]
    search_fields = ["name"]


class SeriesViewSet(SnippetViewSet):
    model = Series
    icon = "list-ol"
    list_display = ["name", "slug", "parts"]
    search_fields = ["name"]


class RecordsGroup(SnippetViewSetGroup):
    items = (
        CampaignViewSet,
        ProjectViewSet,
        ThemeViewSet,
        FunderViewSet,
        ProgrammeViewSet,
        GrantViewSet,
        PartnerViewSet,
        CountryViewSet,
        TopicViewSet,
        AuthorViewSet,
        SeriesViewSet,
        HotlineViewSet,
    )
    menu_label = _("Records")
    menu_icon = "folder-open-1"
    menu_order = 250
