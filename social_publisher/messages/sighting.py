"""Whether an answer is a public page as its readers get it, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader's request was answered with. `body` is the HTML, or its beginning."""

    status: int
    content_type: str
    body: str


def why_not_seen(answer: Answer, url: str) -> str:
    """Why the answer is not the page at this address, in words for staff; empty if it is.

    The page names its own address in its canonical link: that is what tells it from any other page.
    """
    if 300 <= answer.status < 400:
        return _("Its address leads to another one.")
    if answer.status != 200:
        return _("Its address answers with the error %(status)d.") % {"status": answer.status}
    if not answer.content_type.lower().startswith("text/html"):
        return _("Its address answers with something that is no web page.")
    if _canonical(answer.body) != url:
        return _("Another page answers at its address.")
    return ""


class _Canonical(HTMLParser):
    found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the first canonical link."""
        told = dict(attrs)
        if tag == "link" and "canonical" in (told.get("rel") or "").split() and not self.found:
            self.found = told.get("href") or ""


def _canonical(html: str) -> str:
    parser = _Canonical()
    parser.feed(html)
    return parser.found
