from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from campaign_site.translations.compiled import compile_stale


class CampaignSiteConfig(AppConfig):
    """The frame: base templates, design system, security, the launcher; and Celery, where deliveries travel by it."""

    name = "campaign_site"

    def ready(self) -> None:
        from campaign_site import exports
        from campaign_site.machine.cards import receivers
        from campaign_site.observability import telemetry
        from campaign_site.sign_in import receivers as sign_in

        compile_stale(Path(settings.VAR) / "build" / "locale")
        exports.guard()
        receivers.connect()
        sign_in.connect()
        telemetry.begin()
        if settings.CELERY_BROKER_URL:
            from campaign_site import celery  # noqa: F401
