from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from social_publisher import vault
from social_publisher.approval.audit import record
from social_publisher.models import AppRegistration, Credential


class Command(BaseCommand):
    help = (
        "Encrypt all credentials anew with the newest key. Put a new key first in CREDENTIAL_KEYS, restart everything, "
        "run this, then take the old key away. Example: CREDENTIAL_KEYS=new,old python manage.py rotate_credentials"
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """All or none: one that cannot be read is named, and nothing is changed."""
        count = 0
        for model in (Credential, AppRegistration):
            for row in model.objects.select_for_update().order_by("pk"):
                try:
                    row.secret = vault.relock(row.secret)
                except vault.LockedError as error:
                    raise CommandError(f"{row}: {error}") from None
                row.save(update_fields=["secret"])
                count += 1
        record("credentials.rotated", "all credentials", count=count)
        self.stdout.write(f"{count} encrypted with the newest key.")
