from __future__ import annotations

from django.apps import AppConfig


class CampaignSiteConfig(AppConfig):
    """The frame: base templates, design system, security, the launcher."""

    name = "campaign_site"
