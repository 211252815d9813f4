"""What is wrong with a page's HTML: the parse errors of the HTML standard, and rules a parser does not know.

The Nu checker says more and needs Java: `make validate`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import html5lib

REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list", "headers")
INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "label"}
CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "picture": {"source", "img"},
    "tr": {"td", "th"},
}
HANDLER = re.compile(r"^on[a-z]+$")


def faults(html: str) -> list[str]:
    """Return what is wrong, one line a fault; empty for a page as it should be."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(html)
    found = [f"line {place[0]}: {code}" for place, code, _detail in parser.errors]
    elements = [element for element in document.iter() if isinstance(element.tag, str)]
    found += _identities(elements)
    found += _headings(elements)
    found += [fault for element in elements for fault in _attributes(element)]
    found += list(_nesting(document, ()))
    return found


def _identities(elements: list[Any]) -> Iterator[str]:
    counted = Counter(element.get("id") for element in elements if element.get("id") is not None)
    for name, count in counted.items():
        if count > 1 or not name or " " in name:
            yield f"id {name!r} stands {count} times"
    for element in elements:
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in counted:
                    yield f"{element.tag} {attribute} names {name!r}, which is not there"
        target = element.get("href") or ""
        if element.tag == "a" and target.startswith("#") and target[1:] not in counted:
            yield f"a link leads to {target}, which is not there"


def _headings(elements: list[Any]) -> Iterator[str]:
    levels = [(int(element.tag[1]), element) for element in elements if re.fullmatch("h[1-6]", element.tag)]
    if sum(level == 1 for level, _element in levels) != 1:
        yield "there is not exactly one h1"
    before = 0
    for level, element in levels:
        if level > before + 1:
            yield f"h{level} {_text(element)!r} follows h{before}"
        before = level


def _attributes(element: Any) -> Iterator[str]:
    text = _text(element)
    if element.tag == "img":
        missing = [name for name in ("alt", "src", "width", "height") if element.get(name) is None]
        if missing:
            yield f"img {element.get('src')} has no {', '.join(missing)}"
    named = text or element.get("aria-label") or element.get("aria-labelledby") or element.get("title")
    pictures = [image.get("alt") for image in element.iter("img")]
    if element.tag in {"a", "button", "h1", "h2", "h3", "h4", "summary", "label"} and not named and not any(pictures):
        yield f"an empty {element.tag} {dict(element.items())}"
    for name, value in element.items():
        if name == "style" or HANDLER.match(name):
            yield f"{element.tag} has an inline {name}"
        if name == "lang" and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
            yield f"{element.tag} has the language {value!r}"
        if name in {"href", "src", "action"} and (" " in value or (not value and name != "action")):
            yield f"{element.tag} has the address {value!r}"
    if (
        element.tag in {"style", "script"}
        and element.get("src") is None
        and element.get("type") != "application/ld+json"
    ):
        yield f"an inline {element.tag}"


def _nesting(element: Any, above: tuple[str, ...]) -> Iterator[str]:
    allowed = CHILDREN.get(element.tag)
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if allowed is not None and child.tag not in allowed:
            yield f"{child.tag} stands in {element.tag}"
        if child.tag in {"a", "button"} and set(above) & (INTERACTIVE - {"label"}):
            yield f"{child.tag} stands in {above}"
        if child.tag == "main" and "main" in above:
            yield "main stands in main"
        yield from _nesting(child, (*above, child.tag))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
