"""What waits for staff, on the admin's home screen. A panel with nothing to say is not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from content.contact.models import ContactMessage
from content.records import Hotline
from content.staff.hotlines import state_of

ROWS = 5


class HotlinesPanel(Component):
    """Hotlines that are hidden from the public, or soon will be."""

    template_name = "content/admin/hotlines_panel.html"
    order = 60

    def get_context_data(self, parent_context: Any = None) -> Mapping[str, Any]:
        """The first few, and how many there are in all."""
        due = Hotline.objects.needing_a_look(timezone.localdate()).select_related("country")
        return {"hotlines": [(hotline, state_of(hotline)) for hotline in due[:ROWS]], "count": due.count()}


class MessagesPanel(Component):
    """Readers' messages that nobody has dealt with."""

    template_name = "content/admin/messages_panel.html"
    order = 61

    def get_context_data(self, parent_context: Any = None) -> Mapping[str, Any]:
        """The oldest first."""
        waiting = ContactMessage.objects.filter(handled=False).order_by("received_at")
        return {"waiting": waiting[:ROWS], "count": waiting.count()}


def home_panels(user: Any) -> list[Component]:
    """The panels this person may see."""
    panels: list[Component] = []
    if user.has_perm("content.change_hotline"):
        panels.append(HotlinesPanel())
    if user.has_perm("content.change_contactmessage"):
        panels.append(MessagesPanel())
    return panels
