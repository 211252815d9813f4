from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings


class CampaignSiteConfig(AppConfig):
    """The frame: base templates, design system, security, the launcher; and Celery, where deliveries travel by it."""

    name = "campaign_site"

    def ready(self) -> None:
        from campaign_site.machine.cards import receivers

        receivers.connect()
        if settings.CELERY_BROKER_URL:
            from campaign_site import celery  # noqa: F401
