from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from social_publisher import vault
from social_publisher.approval.audit import record
from social_publisher.models import AppRegistration, Credential, Webhook


class Command(BaseCommand):
    help = (
        "Encrypt all credentials anew with the newest key. Put a new key first in CREDENTIAL_KEYS, restart everything, "
        "run this, then take the old key away. Example: CREDENTIAL_KEYS=new,old python manage.py rotate_credentials"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--skip-unreadable", action="store_true", help="leave what no key opens as it is, and name it"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """All or none: one that cannot be read is named, and nothing is changed, unless it may be skipped."""
        count = 0
        for model in (Credential, AppRegistration, Webhook):
            for row in model.objects.select_for_update().order_by("pk"):
                try:
                    row.secret = vault.relock(row.secret)
                except vault.LockedError as error:
                    if not options["skip_unreadable"]:
                        raise CommandError(f"{row}: {error}") from None
                    self.stderr.write(f"{row}: {error}")
                    continue
                row.save(update_fields=["secret"])
                count += 1
        record("credentials.rotated", "all credentials", count=count)
        self.stdout.write(f"{count} encrypted with the newest key.")
