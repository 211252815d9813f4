from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Site

from campaign_site.least_privilege import grant
from content.search import prepare_search
from content.starter import load_starting_content
from media.renditions import make_missing
from social_publisher.starter import create_demo_accounts, load_demo_indicators, load_demo_posts

LOCK = 0x9E9A


class Command(BaseCommand):
    help = (
        "Bring the tables up to date and, on an empty database, load the starting content; under development settings "
        "with demo accounts and posts. Safe to repeat. Example: python manage.py prepare"
    )
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        self._say("tables")
        with connection.cursor() as cursor:  # one at a time, on however many machines; freed when the connection ends
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        call_command("migrate", verbosity=0, interactive=False)
        if settings.RUN_ROLE:
            with connection.cursor() as cursor:
                grant(cursor, settings.RUN_ROLE)
        with transaction.atomic():
            loaded = load_starting_content(self._say)
            self._place_site()
            if loaded and settings.DEMO_ACCOUNTS:
                self._say("demo accounts and posts")
                users = create_demo_accounts(Path(settings.VAR))
                load_demo_posts(users, timezone.now())
                load_demo_indicators()
        if made := make_missing():
            self._say(f"sizes of {made} pictures")
        prepare_search()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        self._say("ready" if loaded else "ready, everything was there")

    def _place_site(self) -> None:
        """Give the default site the host and port of PUBLIC_BASE_URL, so that every full address leads here."""
        parts = urlsplit(settings.PUBLIC_BASE_URL)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        site = Site.objects.get(is_default_site=True)
        if (site.hostname, site.port) != (parts.hostname, port):
            site.hostname, site.port = str(parts.hostname), port
            site.save()

    def _say(self, text: str) -> None:
        self.stdout.write(f"      {text}")
