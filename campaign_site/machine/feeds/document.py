"""A feed as plain data, and as Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from io import StringIO
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Enclosure, rfc3339_date

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in a feed. `identity` never changes; `image` is a JPEG's address."""

    identity: str
    url: str
    title: str
    summary: str
    language: str
    published: datetime
    updated: datetime
    image: str = ""
    authors: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: where it is as Atom and as JSON, the page it belongs to, and its entries, newest first."""

    identity: str
    title: str
    subtitle: str
    language: str
    owner: str
    home: str
    url: str
    atom: str
    json: str
    updated: datetime
    entries: list[Entry]


class _Atom(Atom1Feed):
    """Django's Atom feed, with a time of change that stands still when nothing changes, and its sibling in JSON."""

    def latest_post_date(self) -> datetime:
        """When the newest change was."""
        updated: datetime = self.feed["updated"]
        return updated

    def add_root_elements(self, handler: Any) -> None:
        """Name the JSON feed beside this one."""
        super().add_root_elements(handler)
        sibling = {"rel": "alternate", "type": "application/feed+json", "href": self.feed["json"]}
        handler.addQuickElement("link", "", sibling)


def clean(text: str) -> str:
    """Text without what no XML may carry."""
    return CONTROL.sub("", text)


def as_atom(feed: Feed) -> str:
    """The feed as Atom."""
    written = _Atom(
        title=clean(feed.title),
        link=feed.url,
        description="",
        language=feed.language,
        subtitle=clean(feed.subtitle) or None,
        author_name=feed.owner,
        author_link=feed.home,
        feed_url=feed.atom,
        feed_guid=feed.identity,
        updated=feed.updated,
        json=feed.json,
    )
    for entry in feed.entries:
        written.add_item(
            title=clean(entry.title),
            link=entry.url,
            description=escape(clean(entry.summary), quote=False),
            unique_id=entry.identity,
            pubdate=entry.published,
            updateddate=entry.updated,
            author_name=clean(", ".join(entry.authors)) or None,
            categories=[clean(topic) for topic in entry.topics],
            enclosures=[Enclosure(entry.image, "0", "image/jpeg")] if entry.image else [],
        )
    target = StringIO()
    written.write(target, "utf-8")
    return target.getvalue()


def as_json(feed: Feed) -> str:
    """The feed as JSON Feed 1.1."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            **({"description": feed.subtitle} if feed.subtitle else {}),
            "home_page_url": feed.url,
            "feed_url": feed.json,
            "language": feed.language,
            "authors": [{"name": feed.owner, "url": feed.home}],
            "items": [_item(entry) for entry in feed.entries],
        },
        ensure_ascii=False,
        indent=1,
    )


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.identity,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_text": entry.summary or entry.title,
        "language": entry.language,
        "date_published": rfc3339_date(entry.published),
        "date_modified": rfc3339_date(entry.updated),
        **({"image": entry.image} if entry.image else {}),
        **({"authors": [{"name": name} for name in entry.authors]} if entry.authors else {}),
        **({"tags": entry.topics} if entry.topics else {}),
    }
