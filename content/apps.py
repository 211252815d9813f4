from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    """Records and pages."""

    name = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        """A published translation has it written down how whole it is."""
        from wagtail.signals import page_published

        from content.pages.translated import when_published

        page_published.connect(when_published, dispatch_uid="content.translation_gap")
