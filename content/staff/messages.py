"""Readers' messages, for staff to read and tick off. Nobody writes one here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from content.contact.models import ContactMessage


class ReceivedPolicy(ModelPermissionPolicy):
    """Messages come from readers alone: nobody adds one, whatever their role."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As usual, but for adding."""
        return action != "add" and bool(super().user_has_permission(user, action))


class ContactMessageViewSet(SnippetViewSet):
    model = ContactMessage
    icon = "mail"
    menu_label = _("Messages")
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "reference", "received_at", "topic", "text", "name", "email", "language", "mailed_at", "delete_on", "handled",
    ]  # fmt: skip
    list_display = [
        "reference",
        DateColumn("received_at", label=_("Received")),
        "topic",
        BooleanColumn("handled", label=_("Dealt with")),
        "delete_on",
    ]
    list_filter = ["handled", "topic", "language"]
    search_fields = ["reference", "text", "name", "email"]
    permission_policy = ReceivedPolicy(ContactMessage)
    panels = [
        FieldPanel("handled"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("topic", read_only=True), FieldPanel("received_at", read_only=True)]),
                FieldPanel("text", read_only=True),
                FieldRowPanel([FieldPanel("name", read_only=True), FieldPanel("email", read_only=True)]),
                FieldRowPanel([FieldPanel("mailed_at", read_only=True), FieldPanel("delete_on", read_only=True)]),
            ],
            heading=_("Message"),
        ),
    ]
