from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from social_publisher import vault
from social_publisher.approval.audit import record
from social_publisher.models import AppRegistration, Credential, Webhook

# What of a second factor is locked with our keys.
LOCKED = {"secret", "seed", "migrated_codes"}


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
        count += self._factors(options["skip_unreadable"])
        record("credentials.rotated", "all credentials", count=count)
        self.stdout.write(f"{count} encrypted with the newest key.")

    def _factors(self, skip: bool) -> int:
        """The secrets of staff's second factors, which are locked one by one in what django-allauth keeps."""
        count = 0
        for factor in Authenticator.objects.select_for_update().order_by("pk"):
            try:
                factor.data = {name: _relocked(name, value) for name, value in factor.data.items()}
            except vault.LockedError as error:
                if not skip:
                    raise CommandError(f"second factor of {factor.user}: {error}") from None
                self.stderr.write(f"second factor of {factor.user}: {error}")
                continue
            factor.save(update_fields=["data"])
            count += 1
        return count


def _relocked(name: str, value: Any) -> Any:
    if name in LOCKED and isinstance(value, str):
        return vault.relock(value)
    if name in LOCKED and isinstance(value, list):
        return [vault.relock(one) for one in value]
    return value
