from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext_lazy as _

from content.quality.finding import Finding
from content.quality.words import EMPTY_LINKS, plain

_ADDRESS = re.compile(r"^(?:[a-z][a-z0-9+.-]*://|www\.)\S+$|^[\w-]+(?:\.[\w-]+)+/\S+$", re.IGNORECASE)
_LONGEST_FALSE_HEADING = 100


def link_findings(text: str) -> list[Finding]:
    """Say what is wrong with a link's text: a person who hears it alone must know where the link leads."""
    words = " ".join(text.split())
    if not plain(words):
        return [
            Finding("link-empty", _("A link has no text."), _("Write where it leads, or remove the link.")),
        ]
    if _ADDRESS.match(words):
        return [
            Finding(
                "link-address",
                _("The link text “%(text)s” is an address.") % {"text": words},
                _("Write the name of what is behind it: a screen reader spells an address out."),
            )
        ]
    if plain(words) in EMPTY_LINKS:
        return [
            Finding(
                "link-says-nothing",
                _("The link text “%(text)s” does not say where the link leads.") % {"text": words},
                _("Name the page or the document, for example “Report of the conference”."),
            )
        ]
    return []


def rich_text_findings(html: str) -> list[Finding]:
    """Say what is wrong with a formatted text: its links, and lines in bold that pass for headings."""
    soup = BeautifulSoup(html, "html.parser")
    found = [finding for link in soup.find_all("a") for finding in link_findings(link.get_text())]
    blocks = [block for block in soup.find_all("p") if block.get_text(strip=True)]
    for block in blocks:
        if _is_false_heading(block):
            found.append(
                Finding(
                    "false-heading",
                    _("The line “%(text)s” looks like a heading but is none.") % {"text": block.get_text(strip=True)},
                    _("Use a heading block, so that a screen reader can jump to it; or take the bold away."),
                )
            )
    return found


def _is_false_heading(block: Tag) -> bool:
    """Bold from its first to its last letter, short, and with something under it."""
    text = block.get_text(strip=True)
    bold = "".join(part.get_text(strip=True) for part in block.find_all(["b", "strong"]))
    return text == bold and len(text) <= _LONGEST_FALSE_HEADING and block.find_next_sibling() is not None
