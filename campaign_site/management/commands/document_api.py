from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from campaign_site.machine.api.description import markdown

FILE = settings.BASE_DIR / "docs" / "api.md"


class Command(BaseCommand):
    help = "Write docs/api.md from the API's definitions. Example: python manage.py document_api"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether it is up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        text = markdown()
        if not options["check"]:
            FILE.write_text(text, encoding="utf-8")
        elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
            raise CommandError("docs/api.md is not what the definitions say. Run: python manage.py document_api")
