"""What readers search for and do not find, by day. Nothing of who searched, and nothing that looks personal."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from content.search.asking import Asked
from content.search.folding import plain
from content.search.models import SearchTally

# A flood of made-up words fills no table: so many different ones are kept a day.
MOST_A_DAY = 2_000
MOST_KEPT_WORDS = 8
# What looks like an address, a telephone number or the number of a document is not kept.
PERSONAL = re.compile(r"@|(?:\d[\s./-]?){5,}")
BOT = re.compile(r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python", re.IGNORECASE)
TABLE = SearchTally._meta.db_table
ADD = (
    f"INSERT INTO {TABLE} AS tally (day, language, words, searches, misses)"
    " SELECT %(day)s, %(language)s, %(words)s, 1, %(missed)s"
    f" WHERE (SELECT count(*) FROM {TABLE} WHERE day = %(day)s) < %(most)s"
    f" OR EXISTS (SELECT FROM {TABLE} WHERE day = %(day)s AND language = %(language)s AND words = %(words)s)"
    " ON CONFLICT (day, language, words) DO UPDATE SET searches = tally.searches + 1,"
    " misses = tally.misses + excluded.misses"
)


def worth_counting(asked: Asked, agent: str) -> bool:
    """Whether a search says what readers look for: by a person, in a few words, without anything personal."""
    if not agent or BOT.search(agent) or PERSONAL.search(asked.text):
        return False
    return 0 < len(asked.words) <= MOST_KEPT_WORDS


def count_search(asked: Asked, language: str, *, missed: bool) -> None:
    """Add one search to today's."""
    words = plain(asked.text, language)[: SearchTally._meta.get_field("words").max_length]
    values: dict[str, Any] = {"day": timezone.localdate(), "language": language, "words": words}
    with connection.cursor() as cursor:
        cursor.execute(ADD, {**values, "missed": int(missed), "most": MOST_A_DAY})


def forget(now: datetime) -> int:
    """Forget days that are past their time; return how many rows went."""
    oldest = timezone.localdate(now) - timedelta(days=settings.SEARCH_TALLY_DAYS)
    gone, _by_model = SearchTally.objects.filter(day__lt=oldest).delete()
    return gone
