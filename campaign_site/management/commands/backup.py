from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaign_site.backup.archive import new_key
from campaign_site.backup.errors import BackupError
from campaign_site.backup.make import make


class Command(BaseCommand):
    help = (
        "Write database, media and keys into one encrypted file, while everything runs. It is encrypted for the public "
        "keys in BACKUP_RECIPIENTS and can be opened with their secret keys alone. "
        "Example: python manage.py backup /backups/2026-11-30.age"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="where to write it")
        parser.add_argument("--without-keys", action="store_true", help="leave out what opens the accounts")
        parser.add_argument(
            "--new-key", type=Path, metavar="FILE", help="make a key pair and write the secret key there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # What is told to end still puts its plain files away.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        try:
            if options["new_key"]:
                public = new_key(options["new_key"])
                self.stdout.write(f"Keep {options['new_key']} away from this machine, twice. Then set:")
                self.stdout.write(f"BACKUP_RECIPIENTS={public}")
                return
            if options["file"] is None:
                raise CommandError("Say where to write it, for example: python manage.py backup /backups/today.age")
            size = make(
                options["file"], settings.BACKUP_RECIPIENTS, self.stdout.write, with_keys=not options["without_keys"]
            )
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['file']}: {size / 1024 / 1024:.1f} MB")
