from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from social_publisher.engagement.rollup import rebuild


class Command(BaseCommand):
    help = (
        "Write the numbers by hour, day and in all anew, from the counts that networks told and the clicks on our own "
        "links. Nothing changes unless something was wrong. Example: python manage.py rebuild_numbers"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for done, of in rebuild():
            self.stderr.write(f"{done:,} of {of:,} deliveries")
        self.stdout.write(f"The numbers of {done:,} deliveries are written anew.")
