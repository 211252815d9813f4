from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from wagtail.models import Page

from content.search.index import BATCH, index_pages, reconcile
from content.search.words import count_words, mark_stale


class Command(BaseCommand):
    help = (
        "Write the search index again, from the live pages, while the site goes on. The clock keeps it up to date; "
        "this is for after a restored backup or a change of many rows by hand. Example: python manage.py rebuild_search"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", default="", help="only the pages of this language, for example ro")

    def handle(self, *args: Any, **options: Any) -> None:
        pages = Page.objects.live().filter(depth__gt=1, alias_of=None)
        if options["language"]:
            pages = pages.filter(locale__language_code=options["language"])
        page_ids = list(pages.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(page_ids), BATCH):
            with transaction.atomic():
                index_pages(page_ids[start : start + BATCH])
        reconcile()
        if options["language"]:
            mark_stale([options["language"]])
        count_words()
        self.stdout.write(f"{len(page_ids)} pages are in the search index.")
