"""Wagtail's screen for one's own account, without a picture: nothing here shows one, and none is kept unlooked at."""

from __future__ import annotations

from typing import Any

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


class OwnView(AccountView):
    """Name, language, zone, notices, looks, password."""

    def get_panels(self) -> list[Any]:
        """Wagtail's, but for the picture."""
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]


own = require_admin_access(OwnView.as_view())
