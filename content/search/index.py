"""Fills the index. Publishing only leaves a note; the clock's leader reads the notes, and a reconciler finds what no
note told of. Whoever searches never waits for either."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from content.search.facts import PageFacts, facts_of
from content.search.folding import fold, native
from content.search.lexemes import Lexemes, lexemes_of
from content.search.models import SearchEntry, SearchWaiting
from content.search.vector import Wording
from content.search.words import mark_stale

logger = logging.getLogger(__name__)

# Raised when entries have to be written again because the code reads pages differently.
VERSION = 2
BATCH = 50
SHORTEST_SUGGESTED = 4
COLUMNS = (
    "page_id", "language", "kind", "project_id", "topics", "date", "title", "summary", "text", "words", "folded",
    "title_vector", "vector", "revision", "published_at", "version",
)  # fmt: skip
UPSERT = (
    f"INSERT INTO {SearchEntry._meta.db_table} ({', '.join(COLUMNS)})"
    " VALUES (%s, %s, %s, %s, %s::varchar[], %s, %s, %s, %s, %s::varchar[], %s::varchar[],"
    " %s::tsvector, %s::tsvector, %s, %s, %s)"
    f" ON CONFLICT (page_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in COLUMNS[1:])}"
)
WAITING = SearchWaiting._meta.db_table
TAKE = (
    f"DELETE FROM {WAITING} WHERE id IN (SELECT id FROM {WAITING} ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)"
    " RETURNING page_id"
)


def waiting() -> QuerySet[SearchWaiting]:
    """Notes of pages whose entries are to be written."""
    return SearchWaiting.objects.order_by("pk")


def index_waiting() -> int:
    """Write the entries of pages that were published or taken off; return how many notes were read."""
    read = 0
    while True:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(TAKE, [BATCH])
                page_ids = [row[0] for row in cursor.fetchall()]
            index_pages(page_ids)
        read += len(page_ids)
        if len(page_ids) < BATCH:
            return read


def reconcile(most: int = 500) -> int:
    """Write entries that are missing or behind, and remove those of pages that are no longer live."""
    behind = (
        Page.objects.live()
        .filter(depth__gt=1, alias_of=None)
        .filter(_entry_differs())
        .order_by("-pk")
        .values_list("pk", flat=True)[:most]
    )
    gone = SearchEntry.objects.filter(Q(page__live=False) | Q(page__alias_of__isnull=False)).values_list(
        "pk", flat=True
    )
    page_ids = [*behind, *gone]
    for start in range(0, len(page_ids), BATCH):
        with transaction.atomic():
            index_pages(page_ids[start : start + BATCH])
    return len(page_ids)


def _entry_differs() -> Q:
    current = SearchEntry.objects.filter(page_id=OuterRef("pk"), version=VERSION)
    same_revision = Q(revision=OuterRef("live_revision_id")) | Q(
        revision__isnull=True, page__live_revision__isnull=True
    )
    same_time = Q(published_at=OuterRef("last_published_at")) | Q(
        published_at__isnull=True, page__last_published_at__isnull=True
    )
    return ~Q(Exists(current.filter(same_revision, same_time)))


def index_pages(page_ids: Iterable[int]) -> None:
    """Write the entries of these pages now, and remove those of pages that are not to be found."""
    wanted = set(page_ids)
    if not wanted:
        return
    found = Page.objects.live().filter(pk__in=wanted, depth__gt=1, alias_of=None).select_related("locale")
    facts: dict[int, tuple[Page, PageFacts]] = {}
    for page in found.specific():
        if (known := _read(page)) is not None:
            facts[page.pk] = (page, known)
    removed = SearchEntry.objects.filter(pk__in=wanted - facts.keys())
    stale = {*removed.values_list("language", flat=True), *(known.language for _page, known in facts.values())}
    removed.delete()
    _write(facts)
    mark_stale(stale)


def _read(page: Any) -> PageFacts | None:
    """One page that cannot be read holds up no other; it is found by its title until it is published again."""
    try:
        with transaction.atomic():
            return facts_of(page)
    except Exception:
        logger.exception("search could not read the page %s; it is found by its title alone", page.pk)
        return PageFacts(page.locale.language_code, SearchEntry.Kind.PAGE, Wording(page.title))


def _write(facts: dict[int, tuple[Page, PageFacts]]) -> None:
    words: dict[str, set[str]] = defaultdict(set)
    for _page, known in facts.values():
        words[known.language] |= known.wording.words()
    lexemes = lexemes_of(words)
    rows = [_row(page, known, lexemes[known.language]) for _pk, (page, known) in sorted(facts.items())]
    with connection.cursor() as cursor:
        cursor.executemany(UPSERT, rows)


def _row(page: Page, known: PageFacts, lexemes: Lexemes) -> list[Any]:
    wording = known.wording
    shown = Wording(wording.title, wording.summary, wording.text)
    worth = sorted({native(word, known.language) for word in shown.words() if _suggestible(word) and lexemes[word]})
    return [
        page.pk,
        known.language,
        known.kind,
        known.project_id,
        known.topics,
        known.date,
        wording.title,
        wording.summary,
        wording.text,
        worth,
        [fold(word) for word in worth],
        wording.vector(lexemes, "A"),
        wording.vector(lexemes),
        page.live_revision_id,
        page.last_published_at,
        VERSION,
    ]


def _suggestible(word: str) -> bool:
    return len(word) >= SHORTEST_SUGGESTED and word.isalpha()
