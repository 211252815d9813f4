from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError, connection, transaction

from campaign_site.least_privilege import grant, make_role


class Command(BaseCommand):
    help = (
        "Give the database role that site, clocks and workers connect as what they need, and nothing that could "
        "change the record. Run by the owner of the tables (OWNER_DATABASE_URL); `prepare` does it after every "
        "migration where RUN_ROLE names the role. Example: python manage.py database_role campaign_run"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="the role's name; it is made without a password where it is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        role = options["role"]
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                made = make_role(cursor, role)
                grant(cursor, role)
        except ProgrammingError as error:
            raise CommandError(f"{str(error).splitlines()[0]}. Run this as the owner of the tables.") from error
        self.stdout.write(f"{role}: {'made; give it a password; ' if made else ''}it may read and write rows.")
