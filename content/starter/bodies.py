"""From facts as plain data to the blocks of a page's text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wagtail.models import Page
from wagtail.rich_text import RichText

from content.records import Campaign, Country

Part = tuple[str, Any]


@dataclass(frozen=True)
class TableFacts:
    """A table whose first column names the rows and whose other columns are numbers."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, *tuple[int, ...]], ...]
    source: str


def body(parts: Iterable[Part], pages: Mapping[str, Page] | None = None) -> list[Part]:
    """Return the parts as blocks take them.

    Values by kind: `paragraph` HTML; `steps` pairs of title and HTML; `map` a caption and countries' codes; `table`
    TableFacts; `posts` a campaign's code; `related` the slugs of some of `pages`; others as they are.
    """
    return [(kind, _value(kind, value, pages or {})) for kind, value in parts]


def _value(kind: str, value: Any, pages: Mapping[str, Page]) -> Any:
    match kind:
        case "paragraph":
            return RichText(value)
        case "steps":
            return {"steps": [{"title": title, "text": RichText(text)} for title, text in value]}
        case "map":
            caption, codes = value
            return {"caption": caption, "countries": list(Country.objects.filter(code__in=codes))}
        case "table":
            return _table(value)
        case "posts":
            return {"campaign": Campaign.objects.get(code=value), "number": 3}
        case "related":
            return {"pages": [pages[slug] for slug in value]}
    return value


def _table(facts: TableFacts) -> dict[str, Any]:
    kinds = ["text", *["number"] * (len(facts.headings) - 1)]
    columns = [{"type": kind, "heading": heading} for kind, heading in zip(kinds, facts.headings, strict=True)]
    rows = [{"values": [name, *map(Decimal, numbers)]} for name, *numbers in facts.rows]
    table = {"caption": facts.caption, "columns": columns, "rows": rows}
    return {"table": table, "source": facts.source, "source_url": "", "date": None, "precision": "day"}
