from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaign_site.backup.errors import BackupError
from campaign_site.backup.restore import restore


class Command(BaseCommand):
    help = (
        "Put a backup back: checks every part, writes database, media and keys, and compares every table. Stop the "
        "site and the clocks first. Example: python manage.py restore /backups/2026-11-30.age --key ~/backup-key.txt"
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument("--key", type=Path, required=True, help="the file with the secret key")
        parser.add_argument("--replace", action="store_true", help="set aside the database and media that are there")

    def handle(self, *args: Any, **options: Any) -> None:
        # What is told to end still puts its plain files away.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        try:
            restore(options["file"], options["key"], self.stdout.write, replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            "Restored, and everything is paused. Run prepare and verify_audit, start the site and the clocks,"
        )
        self.stdout.write("compare the networks' pages with the calendar, and only then lift the pause.")
