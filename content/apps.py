from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    """Records and pages."""

    name = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        """Every new table of content renews the stamp too; a published translation has its gaps written down."""
        from wagtail.signals import page_published

        from content import stamps
        from content.pages.translated import when_published
        from content.search import receivers

        post_migrate.connect(stamps.install, sender=self, dispatch_uid="content.stamps")
        page_published.connect(when_published, dispatch_uid="content.translation_gap")
        receivers.connect()
