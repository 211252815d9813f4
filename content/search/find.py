"""One search of the index: the best pages with the found words' places, and how many there are by every filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from wagtail.models import Locale, Page, PageViewRestriction

from content.search.models import SearchEntry

PAGE_SIZE = 10
# The best are chosen among so many, those with the words in their title and the newest first: nobody reads on to the
# fiftieth page, and comparing every page with a common word would take seconds.
MOST_RANKED = 500

ENTRY, PAGE, RESTRICTION = (model._meta.db_table for model in (SearchEntry, Page, PageViewRestriction))
# A page that was taken off or made private is not found from that moment on, whatever the index still says. The few
# that are hidden make a small table that each hit is looked up in; a join would look up every page.
PUBLIC = (
    f"entry.page_id NOT IN (SELECT id FROM {PAGE} WHERE NOT live) AND entry.page_id NOT IN (SELECT page.id"
    f" FROM {RESTRICTION} r JOIN {PAGE} closed ON closed.id = r.page_id JOIN {PAGE} page"
    " ON starts_with(page.path, closed.path))"
)
# The query stands in a SELECT of its own, where the planner does not know how common its words are: for common ones it
# would read and unpack every page's vector instead of the index, which is ten times slower.
MATCHED = (
    "WITH matched AS MATERIALIZED (SELECT entry.page_id, entry.kind, entry.project_id, entry.topics, entry.date,"
    " extract(year FROM entry.date)::int AS year, entry.title_vector @@ %(query)s::tsquery AS in_title"
    f" FROM {ENTRY} entry WHERE entry.vector @@ (SELECT %(query)s::tsquery) AND entry.language = %(language)s"
    f" AND {PUBLIC})"
)
# Pages that agree in every filter are one row, so all filters are counted in one pass.
COUNTED = (
    "SELECT 'count', kind, project_id, year, topics, count(*)::int FROM matched GROUP BY kind, project_id, year, topics"
)
FILTERS = {
    "kind": "kind = %(kind)s",
    "project": "project_id = %(project)s",
    "topic": "topics @> ARRAY[%(topic)s]::varchar[]",
    "year": "year = %(year)s",
}
# Title, summary, text, words that are not shown: what each counts for. PostgreSQL wants D, C, B, A.
WEIGHTS = "{0.05, 0.2, 0.5, 1.0}"
# A dated page loses a fifth over the years; a project's or campaign's own page comes before news about it.
RECENT = (
    "(CASE WHEN entry.date IS NULL THEN 0.95 ELSE 0.8 + 0.2 / (1 + greatest(0, current_date - entry.date) / 365.0) END)"
)
OWN_PAGE = "(CASE WHEN entry.kind IN ('project', 'campaign') THEN 1.2 ELSE 1.0 END)"
SHOWN = (
    "SELECT entry.page_id, page.url_path, page.path, page.locale_id, entry.kind, entry.date, entry.title,"
    " entry.summary, entry.text, project.acronym, project.name, ARRAY(SELECT place FROM"
    " unnest(entry.vector) AS found(lexeme, places), unnest(places) AS place WHERE lexeme = ANY(%(lexemes)s)) AS places"
    f" FROM {ENTRY} entry JOIN {PAGE} page ON page.id = entry.page_id AND page.live"
    " LEFT JOIN content_project project ON project.id = entry.project_id WHERE entry.page_id = ANY(%(pages)s)"
)


class Found(NamedTuple):
    """A page that was found, as its entry has it, with the places of the found words."""

    page_id: int
    url_path: str
    path: str
    locale_id: int
    kind: str
    date: date | None
    title: str
    summary: str
    text: str
    project_acronym: str | None
    project_name: str | None
    places: list[int]

    def page(self, locale: Locale) -> Page:
        """Enough of the page to ask it for its address."""
        page = Page(pk=self.page_id, url_path=self.url_path, path=self.path, locale_id=self.locale_id)
        page.locale = locale
        return page


@dataclass
class Outcome:
    """What a search found: the ids of one page of results, all counts, and which of the single words exist."""

    total: int = 0
    page_ids: list[int] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in FILTERS})
    known: set[str] = field(default_factory=set)

    def add(self, values: Mapping[str, list[Any]], filters: Mapping[str, Any], count: int) -> None:
        """Count pages that share these values: in the total under all filters, in each facet under the others."""
        fails = {name for name, wanted in filters.items() if wanted not in values[name]}
        self.total += 0 if fails else count
        for name, found in values.items():
            if fails <= {name}:
                for value in found:
                    if value is not None:
                        self.counts[name][str(value)] = self.counts[name].get(str(value), 0) + count

    @property
    def reachable(self) -> int:
        """How many of them can be paged through."""
        return min(self.total, MOST_RANKED)


def find(
    query: str, language: str, filters: Mapping[str, Any], number: int = 1, words: Mapping[str, str] | None = None
) -> Outcome:
    """Search one language. `filters` are checked values by the names of FILTERS; each facet is counted with the other
    filters on. `words` are single-word queries to look up beside it. One query."""
    single = list((words or {}).items())
    parameters: dict[str, Any] = {
        **filters,
        "query": query,
        "language": language,
        "offset": (number - 1) * PAGE_SIZE,
        **{f"word{place}": lookup for place, (_word, lookup) in enumerate(single)},
    }
    parts = [COUNTED, f"({_best(filters)})"]
    parts += [
        f"SELECT 'known', NULL, {place}, NULL, NULL, 1 WHERE NOT EXISTS (SELECT FROM matched) AND EXISTS"
        f" (SELECT FROM {ENTRY} entry WHERE language = %(language)s AND vector @@ %(word{place})s::tsquery)"
        for place in range(len(single))
    ]
    outcome, pages = Outcome(), []
    with connection.cursor() as cursor:
        cursor.execute(f"{MATCHED} {' UNION ALL '.join(parts)}", parameters)
        for what, kind, number_of, year, topics, count in cursor.fetchall():
            if what == "page":
                pages.append((count, number_of))
            elif what == "known":
                outcome.known.add(single[number_of][0])
            else:
                outcome.add({"kind": [kind], "project": [number_of], "year": [year], "topic": topics}, filters, count)
    outcome.page_ids = [page_id for _place, page_id in sorted(pages)]
    return outcome


def _best(filters: Iterable[str]) -> str:
    rank = f"ts_rank_cd('{WEIGHTS}', entry.vector, %(query)s::tsquery, 1) + in_title::int"
    return (
        "SELECT 'page', NULL, page_id, NULL, NULL,"
        " (row_number() OVER (ORDER BY score DESC, date DESC NULLS LAST, page_id))::int AS place"
        f" FROM (SELECT entry.page_id, entry.date, ({rank}) * {OWN_PAGE} * {RECENT} AS score"
        f" FROM (SELECT page_id, in_title FROM matched WHERE {_where(filters)}"
        f" ORDER BY in_title DESC, date DESC NULLS LAST, page_id LIMIT {MOST_RANKED}) best"
        f" JOIN {ENTRY} entry USING (page_id)) ranked ORDER BY place LIMIT {PAGE_SIZE} OFFSET %(offset)s"
    )


def _where(filters: Iterable[str]) -> str:
    return " AND ".join(FILTERS[name] for name in sorted(filters)) or "true"


def entries(page_ids: list[int], lexemes: list[str]) -> list[Found]:
    """What is shown of these pages, in their order. One query."""
    if not page_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(SHOWN, {"pages": page_ids, "lexemes": lexemes})
        rows = {row[0]: Found(*row) for row in cursor.fetchall()}
    return [rows[page_id] for page_id in page_ids if page_id in rows]


def count_elsewhere(queries: Mapping[str, str]) -> dict[str, int]:
    """How many pages each of these languages has for its query; those with none are left out. One query."""
    if not queries:
        return {}
    each = (
        f"SELECT %s, count(*)::int FROM {ENTRY} entry"
        " WHERE entry.vector @@ (SELECT %s::tsquery) AND entry.language = %s"
        f" AND {PUBLIC}"
    )
    values = [value for language, query in queries.items() for value in (language, query, language)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([each] * len(queries)), values)
        return {language: count for language, count in cursor.fetchall() if count}
