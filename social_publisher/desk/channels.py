"""The accounts posts leave through."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from social_publisher.connections.protection import standing
from social_publisher.desk.base import wide
from social_publisher.desk.choosers import GuardedChooserViewSet
from social_publisher.desk.deleting import GuardedDeleteView
from social_publisher.desk.forms import ChannelForm
from social_publisher.desk.planning.times import PostingTimesPanel
from social_publisher.models import Channel
from social_publisher.models.credential import Credential


class ConnectionPanel(Panel):
    """On top of a channel: whose account it is, how long we may act for it, and what can be done about that."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "social_publisher/desk/connect/connection.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None and self.instance.connects

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            channel: Channel = self.instance
            context.update(
                channel=channel,
                credential=channel.connection,
                network=channel.adapter,
                protection=standing(channel, timezone.now()),
                may_connect=self.request.user.has_perm("social_publisher.add_credential"),
            )
            return context


class ChannelIndexView(IndexView):
    """All channels, and the way to a new one."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons: list[HeaderButton] = list(super().header_buttons)
        if self.request.user.has_perm("social_publisher.add_credential"):
            buttons.insert(
                0, HeaderButton(_("Connect an account"), url=reverse("social_connect:index"), icon_name="link")
            )
        return buttons


class ConnectionColumn(Column):
    """Whether a channel is connected, in a word."""

    def __init__(self) -> None:
        super().__init__("connection", label=_("Connection"))

    def get_value(self, instance: Channel) -> str:
        if not instance.connects:
            return ""
        credential: Credential | None = instance.connection
        if credential is None:
            return str(_("Not connected"))
        return str(_("Needs attention")) if credential.problem else str(_("Connected"))


class ChannelViewSet(SnippetViewSet):
    model = Channel
    name = "channels"
    icon = "site"
    menu_label = _("Channels")
    index_view_class = ChannelIndexView
    list_display = [
        "name",
        wide("network", _("Network"), accessor="get_network_display"),
        wide("rehearses", _("Rehearses"), accessor="get_rehearses_display"),
        wide("handle", _("Handle")),
        wide("language", _("Language"), accessor="get_language_display"),
        ConnectionColumn(),
    ]
    list_filter = ["network", "language"]
    copy_view_enabled = False
    chooser_viewset_class = GuardedChooserViewSet
    delete_view_class = GuardedDeleteView

    panels = [
        ConnectionPanel(heading=_("Connection")),
        PostingTimesPanel(heading=_("Posting times")),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("network"), FieldPanel("rehearses")]),
        FieldRowPanel([FieldPanel("handle"), FieldPanel("language")]),
        FieldPanel("profile_url"),
        FieldRowPanel([FieldPanel("time_zone"), FieldPanel("min_interval")]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("quiet_from"), FieldPanel("quiet_until")])], heading=_("Quiet hours")
        ),
        FieldPanel("countries", widget=forms.CheckboxSelectMultiple, classname="desk-checkboxes"),
        FieldPanel("campaigns"),
        FieldPanel("confirmation"),
    ]

    def get_edit_handler(self) -> object:
        handler = ObjectList(self.panels, base_form_class=ChannelForm)
        return handler.bind_to_model(self.model)

    def get_queryset(self, request: Any) -> Any:
        """Channels with what the list says of their connection."""
        return Channel.objects.select_related("credential")
