"""How staff find, upload and choose videos; pictures and documents have Wagtail's own screens."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from media.models import CampaignVideo


class VideoViewSet(SnippetViewSet):
    model = CampaignVideo
    icon = "media"
    menu_label = _("Videos")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["title", "seconds", "width", "height", "created_at"]
    copy_view_enabled = False
