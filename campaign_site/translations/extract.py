"""Finds every text that is meant to be translated, in templates and in Python, without gettext's own programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("campaign_site", "content", "social_publisher", "media")
SCOPES = ("public", "editing", "desk")

_ONE = (1,)
_COUNTED = (1, 2)
_IN_CONTEXT = ((1, "c"), 2)
_COUNTED_IN_CONTEXT = ((1, "c"), 2, 3)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), _ONE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _COUNTED),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _IN_CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), _COUNTED_IN_CONTEXT),
}

# What a reader of the public site may meet. Everything else is for staff.
_PUBLIC_FOLDERS = (
    "content/templates/content/",
    "content/contact/",
    "campaign_site/templates/",
    "campaign_site/machine/",
    "social_publisher/templates/social_publisher/rehearsal/",
    "social_publisher/templates/social_publisher/public/",
    "social_publisher/templates/social_publisher/showcase",
    "social_publisher/rehearsal/",
    "social_publisher/showcase",
)
_STAFF_FOLDERS = ("campaign_site/templates/wagtailadmin/", "content/templates/content/admin/")
# The label of a choice, such as a status, is shown by pages too: `PAST = "past", _("Past campaign")`.
_CHOICE = re.compile(r"""^\s+[A-Z][A-Z0-9_]*\s*=\s*.*\b_\(["']""")


@dataclass(frozen=True)
class Message:
    """One text of a room. `places` are files; `scope` says who meets it first: readers, editors, or the desk."""

    room: str
    context: str
    text: str
    plural: str
    places: tuple[str, ...]
    scope: str

    @property
    def key(self) -> tuple[str, str]:
        """What gettext looks it up by."""
        return self.context, self.text


def messages(room: str) -> list[Message]:
    """Return every text of a room, each once, in the order of the files."""
    found: dict[tuple[str, str], Message] = {}
    for path in _sources(room):
        place = path.relative_to(ROOT).as_posix()
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines()
        for line, context, text, plural in _texts(path, source):
            scope = _scope(place, lines[line - 1] if line <= len(lines) else "")
            earlier = found.get((context, text))
            if earlier is not None:
                scope = min(scope, earlier.scope, key=SCOPES.index)
                plural = plural or earlier.plural
            places = tuple(dict.fromkeys([*(earlier.places if earlier else ()), place]))
            found[context, text] = Message(room, context, text, plural, places, scope)
    return list(found.values())


def _sources(room: str) -> Iterator[Path]:
    for path in sorted((ROOT / room).rglob("*")):
        is_template = path.suffix in {".html", ".txt"} and "templates" in path.parts
        if is_template or (path.suffix == ".py" and "migrations" not in path.parts):
            yield path


def _texts(path: Path, source: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield line, context, text and plural. Templates are turned into what Python's own tokenizer can read."""
    if path.suffix != ".py":
        if "{%" not in source and "_(" not in source:
            return
        source = f"({templatize(source, origin=str(path))})"
    for line, text, _comments, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
        singular, plural = text if isinstance(text, tuple) else (text, "")
        if singular:
            yield line, context or "", singular, plural or ""


def _scope(place: str, line: str) -> str:
    if place.startswith(_STAFF_FOLDERS):
        return "editing"
    if place.startswith(_PUBLIC_FOLDERS):
        return "public"
    if place.startswith("content/") and _CHOICE.match(line):
        return "public"
    return "desk" if place.startswith("social_publisher/") else "editing"
