from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from campaign_site.machine.cards.address import card_digest
from campaign_site.machine.cards.store import draw, file_of
from campaign_site.machine.reading import readable


class Command(BaseCommand):
    help = "Draw the cards that public pages do not have yet. Safe to repeat. Example: python manage.py draw_cards"

    def handle(self, *args: Any, **options: Any) -> None:
        drawn = 0
        for page in readable(Page).specific().iterator(chunk_size=100):
            if file_of(page.pk, card_digest(page)).exists():
                continue
            try:
                draw(page)
                drawn += 1
            except OSError as error:
                self.stderr.write(f"{page.title}: its picture cannot be read ({error}). Upload it again.")
        self.stdout.write(f"cards drawn: {drawn}")
