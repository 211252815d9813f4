from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from campaign_site.observability.checks import ALL, run


class Command(BaseCommand):
    help = (
        "Look at this installation and say in sentences what is wrong and what to do. Ends with 1 if something is. "
        "Example: python manage.py doctor"
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="only what is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        found = run(ALL)
        for one in found:
            if not one.is_well or not options["quiet"]:
                self.stdout.write(f"{'ok  ' if one.is_well else 'LOOK'}  {one.name}: {one.words}")
        if not all(one.is_well for one in found):
            sys.exit(1)
