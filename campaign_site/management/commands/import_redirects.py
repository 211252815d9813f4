from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaign_site.machine.redirects.plan import Outcome, Plan
from campaign_site.machine.redirects.store import look, store
from campaign_site.machine.redirects.table import TableError, read_table


class Command(BaseCommand):
    help = (
        "Lead the old site's addresses to the new ones: a CSV file with old and new in two columns. Every row is "
        "checked, and all are stored or none. Example: python manage.py import_redirects old-site.csv --dry-run"
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only report what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = read_table(options["file"].read_bytes())
            found = look(rows)
            self._report(found)
            if not found.can_be_stored:
                raise CommandError("Nothing was imported. Correct the refused rows and try again.")
            if not options["dry_run"]:
                store(rows)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except TableError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Dry run: nothing was stored." if options["dry_run"] else "Imported.")

    def _report(self, found: Plan) -> None:
        for row in found.rows:
            self.stdout.write(
                f"{row.row.line:>6}  {row.outcome:<8} {row.row.old} -> {row.row.new} {row.reason}".rstrip()
            )
        self.stdout.write(", ".join(f"{outcome}: {found.count(outcome)}" for outcome in Outcome))
