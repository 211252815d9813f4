"""Plain text made into safe HTML. bleach finds the links; nh3 has the last word on every tag that leaves the site."""

from __future__ import annotations

import html
from collections.abc import MutableMapping
from typing import Any, cast

import nh3
import regex
from bleach.linkifier import Linker

from social_publisher.messages.links import UnsafeLinkError, check_link

# Only what was written as a link becomes one, on any host; punctuation at its end belongs to the sentence.
WRITTEN_LINK = regex.compile(r"""https?://[^\s<>"']*[^\s<>"'.,;:!?)\]]""")
STANDS_OUT = regex.compile(WRITTEN_LINK.pattern + r"|(?<![\w&/])#\w*\p{L}\w*|(?<![\w/.])@\w[\w.-]*(?:@[\w.-]+)?\b")
Attributes = MutableMapping[tuple[str | None, str], str]
ALLOWED_TAGS = {"a", "br", "p"}
ALLOWED_ATTRIBUTES = {"a": {"href"}}


def text_to_html(text: str) -> str:
    """Return paragraphs with live links. The input is plain text: any markup in it is shown, not obeyed."""
    paragraphs = "".join(
        f"<p>{html.escape(paragraph).replace(chr(10), '<br>')}</p>"
        for paragraph in text.split("\n\n")
        if paragraph.strip()
    )
    return nh3.clean(
        _linker().linkify(paragraphs),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel="nofollow",
    )


def marked(text: str) -> str:
    """Return the text as HTML in which links, hashtags and mentions stand out, as networks show them; nothing in it
    is live."""
    pieces, end = [], 0
    for found in STANDS_OUT.finditer(text):
        pieces += [html.escape(text[end : found.start()]), f"<b>{html.escape(found[0])}</b>"]
        end = found.end()
    return "".join([*pieces, html.escape(text[end:])])


def _linker() -> Linker:
    """A linker of its own for each text: bleach's are not safe to share between threads."""
    return Linker(callbacks=[cast(Any, _only_safe_links)], url_re=WRITTEN_LINK)


def _only_safe_links(attributes: Attributes, new: bool = False, /) -> Attributes | None:
    try:
        check_link(attributes.get((None, "href"), ""))
    except UnsafeLinkError:
        return None
    return attributes
