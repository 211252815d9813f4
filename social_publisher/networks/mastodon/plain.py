"""The words of a post out of its HTML, so that they can be compared with what was sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from social_publisher.messages.counting import FAR_MENTION


@dataclass
class Content:
    """A post as its reader sees it, and where its links lead."""

    text: str = ""
    links: list[str] = field(default_factory=list)

    def leads_to(self, link: str) -> bool:
        """Whether the address stands there, and not only the beginning of a longer one."""
        return link in self.links or re.search(re.escape(link) + r"(?![\w/-])", self.text) is not None


def read(html: str) -> Content:
    """Read a Status's `content`. A link's address is in pieces, some of them invisible; together they are all of it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Content("".join(reader.pieces).strip(), reader.links)


def same(one: str, other: str) -> bool:
    """Whether these are the same words, up to white space, case, and a mention's server: no server keeps them all."""
    return _essence(one) == _essence(other)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.pieces.append("\n")
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def _essence(text: str) -> str:
    return " ".join(FAR_MENTION.sub(r"\1", text).casefold().split())
