from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from social_publisher.reports.verify import verify


class Command(BaseCommand):
    help = (
        "Check that an evidence archive is as it was packed: every file by its SHA-256, every sealed entry of the "
        "audit by its hash. Asks no database. Prints the manifest's own SHA-256: the audit of the site holds it as "
        "“archive.sealed”. Example: python manage.py verify_archive evidence-fait-2026-05-31.zip"
    )
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the archive")

    def handle(self, *args: Any, **options: Any) -> str:
        """Say what holds, or every fault."""
        try:
            with Path(options["file"]).open("rb") as stream:
                verdict = verify(stream)
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error}") from error
        for fault in verdict.faults:
            self.stderr.write(fault)
        if verdict.faults:
            raise CommandError(f"The archive does not hold: {len(verdict.faults)} faults.")
        gone = f", {len(verdict.missing)} media were gone when it was packed" if verdict.missing else ""
        return (
            f"The archive holds: {verdict.files} files, {verdict.entries} entries of the audit{gone}. "
            f"Manifest {verdict.manifest}"
        )
