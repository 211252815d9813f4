from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from campaign_site.translations.compiled import compile_stale


class CampaignSiteConfig(AppConfig):
    """The frame: base templates, design system, security, the launcher; and Celery, where deliveries travel by it."""

    name = "campaign_site"

    def ready(self) -> None:
        from campaign_site.machine.cards import receivers

        compile_stale(Path(settings.VAR) / "build" / "locale")
        receivers.connect()
        if settings.CELERY_BROKER_URL:
            from campaign_site import celery  # noqa: F401
