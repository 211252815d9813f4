"""From facts as plain data to the blocks of a page's text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from wagtail.models import Page
from wagtail.rich_text import RichText

from content.records import Campaign, Country, Partner
from media.models import CampaignImage

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

    Values by kind: `paragraph` HTML; `steps` and `accordion` pairs of title and HTML; `fact` a text and its source;
    `table` TableFacts; `map` a caption and countries' codes; `partners` their short or whole names; `figure` an image's
    title, its description and a caption; `posts` a campaign's code; `action` title, text, link text and a slug,
    `related` slugs, both of some of `pages`; others as they are.
    """
    return [(kind, _value(kind, value, pages or {})) for kind, value in parts]


def _value(kind: str, value: Any, pages: Mapping[str, Page]) -> Any:
    make = MAKERS.get(kind)
    if make is not None:
        return make(value)
    match kind:
        case "action":
            title, text, link_text, slug = value
            return {"title": title, "text": text, "link_text": link_text, "page": pages[slug], "url": ""}
        case "related":
            return {"pages": [pages[slug] for slug in value]}
    return value


def _titled(name: str) -> Callable[[Iterable[tuple[str, str]]], dict[str, Any]]:
    return lambda parts: {name: [{"title": title, "text": RichText(text)} for title, text in parts]}


def _fact(value: tuple[str, str]) -> dict[str, Any]:
    text, source = value
    return {"text": text, "source": source, "source_url": ""}


def _map(value: tuple[str, Iterable[str]]) -> dict[str, Any]:
    caption, codes = value
    return {"caption": caption, "countries": list(Country.objects.filter(code__in=codes))}


def _partners(names: Iterable[str]) -> dict[str, Any]:
    return {"partners": [Partner.objects.get(Q(short_name=name) | Q(name=name)) for name in names]}


def _figure(value: tuple[str, str, str]) -> dict[str, Any]:
    title, alt_text, caption = value
    image = CampaignImage.objects.get(title=title)
    return {"image": image, "alt_text": alt_text, "decorative": False, "caption": caption}


def _posts(code: str) -> dict[str, Any]:
    return {"campaign": Campaign.objects.get(code=code), "number": 3}


def _table(facts: TableFacts) -> dict[str, Any]:
    kinds = ["text", *["number"] * (len(facts.headings) - 1)]
    columns = [{"type": kind, "heading": heading} for kind, heading in zip(kinds, facts.headings, strict=True)]
    rows = [{"values": [name, *map(Decimal, numbers)]} for name, *numbers in facts.rows]
    table = {"caption": facts.caption, "columns": columns, "rows": rows}
    return {"table": table, "source": facts.source, "source_url": "", "date": None, "precision": "day"}


MAKERS: Mapping[str, Callable[[Any], Any]] = {
    "paragraph": RichText,
    "steps": _titled("steps"),
    "accordion": _titled("parts"),
    "fact": _fact,
    "table": _table,
    "map": _map,
    "partners": _partners,
    "figure": _figure,
    "posts": _posts,
}
