from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from social_publisher.approval.sealing import BATCH, head, seal, seals


class Command(BaseCommand):
    help = (
        "Put the audit's newest entries into its chain now, as the leading clock does every second, and print the "
        "newest seal. Example: python manage.py seal_audit"
    )

    def handle(self, *args: Any, **options: Any) -> str:
        """Say how many were sealed and how many wait for a transaction that is still open."""
        total, sealed = 0, BATCH
        while sealed == BATCH:
            sealed = seal()
            total += sealed
        self.stderr.write(f"{total} sealed, {seals().waiting} waiting for open transactions.")
        return str(head())
