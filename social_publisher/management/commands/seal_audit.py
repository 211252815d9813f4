from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from social_publisher.approval.sealing import head, seal_all, seals


class Command(BaseCommand):
    help = (
        "Put the audit's newest entries into its chain now, as the leading clock does every two seconds, and print the "
        "newest seal. Example: python manage.py seal_audit"
    )

    def handle(self, *args: Any, **options: Any) -> str:
        """Say how many were sealed and how many wait for a transaction that is still open."""
        self.stderr.write(f"{seal_all()} sealed, {seals().waiting} waiting for open transactions.")
        return str(head())
