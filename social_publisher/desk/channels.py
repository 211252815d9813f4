"""The accounts posts leave through."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from social_publisher.desk.forms import ChannelForm
from social_publisher.models import Channel


class ChannelViewSet(SnippetViewSet):
    model = Channel
    name = "channels"
    icon = "site"
    menu_label = _("Channels")
    list_display = ["name", "network", "rehearses", "handle", "language"]
    list_filter = ["network", "language"]
    copy_view_enabled = False

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("network"), FieldPanel("rehearses")]),
        FieldRowPanel([FieldPanel("handle"), FieldPanel("language")]),
        FieldPanel("profile_url"),
        FieldRowPanel([FieldPanel("time_zone"), FieldPanel("min_interval")]),
        FieldPanel("campaigns"),
        FieldPanel("confirmation"),
    ]

    def get_edit_handler(self) -> object:
        from wagtail.admin.panels import ObjectList

        handler = ObjectList(self.panels, base_form_class=ChannelForm)
        return handler.bind_to_model(self.model)
