from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    """Records and pages."""

    name = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        from content.search import receivers

        receivers.connect()
