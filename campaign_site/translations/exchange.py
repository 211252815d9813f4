"""Hands texts to translators as JSON and takes them back, refusing what would break a page.

A file is `{text: translation}`; a counted text has a list of forms. "context␄text" stands for a text with a context.
The key "_about" explains and is ignored on the way back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from campaign_site.translations import catalogues
from campaign_site.translations.extract import ROOMS, SCOPES, Message, messages
from campaign_site.translations.tongues import TONGUES, Tongue

ABOUT = "_about"
SEPARATOR = "\u0004"
_PLACEHOLDER = re.compile(r"%\(\w+\)[#0 +.\d-]*[sdfr]|%[sdfr]|\{\w*\}|%%")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LETTERS = {
    "Latin": re.compile(r"[A-Za-z\u00c0-\u024f]"),
    "Cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "Greek": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
}


class RefusedError(Exception):
    """A file of translations that cannot be taken; `reasons` say what to correct, one line a text."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def key_of(message: Message) -> str:
    """Return the name that a text has in the files."""
    return f"{message.context}{SEPARATOR}{message.text}" if message.context else message.text


def all_messages() -> list[Message]:
    """Every text of every room."""
    return [message for room in ROOMS for message in messages(room)]


def missing(code: str, found: list[Message], scope: str = "") -> list[Message]:
    """Return the texts that have no whole translation, readers' first."""
    tongue = TONGUES[code]
    kept = {room: catalogues.read(room, code) for room in ROOMS}
    open_ones = [
        message
        for message in found
        if scope in {"", message.scope}
        and not catalogues.is_translated(
            catalogues.entry_of(kept[message.room], message.context, message.text), message.plural, tongue
        )
    ]
    return sorted(open_ones, key=lambda message: SCOPES.index(message.scope))


def export(code: str, open_ones: list[Message]) -> dict[str, Any]:
    """Return the file for a translator: each text once, with empty places to fill."""
    tongue = TONGUES[code]
    counted = {key_of(message): message.plural for message in open_ones if message.plural}
    about = {
        "language": code,
        "script": tongue.script,
        "forms": list(tongue.examples),
        "counted": counted,
        "places": {key_of(message): list(message.places) for message in open_ones},
    }
    texts = {key_of(message): [""] * tongue.forms if message.plural else "" for message in open_ones}
    return {ABOUT: about, **texts}


def take(code: str, given: Mapping[str, Any], found: list[Message]) -> int:
    """Write the translations given into the .po files, all or none; empty ones are left open.

    Returns how many texts were taken. Raises RefusedError.
    """
    tongue = TONGUES[code]
    by_key: dict[str, list[Message]] = {}
    for message in found:
        by_key.setdefault(key_of(message), []).append(message)
    reasons, wanted = [], {}
    for key, value in given.items():
        if key == ABOUT or not value or (isinstance(value, list) and not any(value)):
            continue
        if key not in by_key:
            reasons.append(f"{key!r}: no text of the site is called so")
        elif trouble := troubles(_meant(by_key[key], value), value, tongue):
            reasons += [f"{key!r}: {reason}" for reason in trouble]
        else:
            wanted[key] = tuple(value) if isinstance(value, list) else value
    if reasons:
        raise RefusedError(reasons)
    for room in ROOMS:
        texts = [message for message in found if message.room == room]
        catalogues.update(room, code, texts)
        catalogue = catalogues.read(room, code)
        for message in texts:
            value = wanted.get(key_of(message))
            # The same words may be counted in one place and not in another.
            if value is not None and isinstance(value, tuple) == bool(message.plural):
                entry = catalogues.entry_of(catalogue, message.context, message.text)
                assert entry is not None
                entry.string = value
        catalogues.write(room, code, catalogue)
    return len(wanted)


def _meant(same: list[Message], value: Any) -> Message:
    """Of the texts that read the same, the one that is counted, or not, as the translation is; else any."""
    return next((message for message in same if bool(message.plural) == isinstance(value, list)), same[0])


def troubles(message: Message, value: Any, tongue: Tongue) -> list[str]:
    """Return what is wrong with a translation, in words; nothing when it can be taken."""
    forms = value if isinstance(value, list) else [value]
    if not all(isinstance(form, str) and form.strip() for form in forms):
        return ["a form is empty or is no text"]
    if message.plural and len(forms) != tongue.forms:
        return [f"needs {tongue.forms} forms ({'; '.join(tongue.examples)}), not {len(forms)}"]
    if not message.plural and isinstance(value, list):
        return ["is not counted: give one text, not a list"]
    sources = [message.text, *([message.plural] if message.plural else [])]
    return [reason for form in forms for reason in _troubles_of_one(form, sources, tongue)]


def _troubles_of_one(form: str, sources: list[str], tongue: Tongue) -> list[str]:
    found = []
    if not any(_same(_PLACEHOLDER, form, source) for source in sources):
        found.append(f"the placeholders differ: {sorted(_PLACEHOLDER.findall(sources[-1]))} are needed")
    if not any(_same(_TAG, form, source) for source in sources):
        found.append(f"the tags differ: {sorted(_TAG.findall(sources[-1]))} are needed")
    if form != form.strip() and sources[0] == sources[0].strip():
        found.append("begins or ends with a space or a line break")
    if _CONTROL.search(form):
        found.append("holds a sign that no text has")
    if not _in_script(form, sources[-1], tongue):
        found.append(f"is not written in {tongue.script} letters")
    return found


def _same(pattern: re.Pattern[str], one: str, other: str) -> bool:
    return Counter(pattern.findall(one)) == Counter(pattern.findall(other))


def _in_script(form: str, source: str, tongue: Tongue) -> bool:
    """Names in Latin letters may stand in any language; a text of words has at least some in its own script."""
    bare = _TAG.sub(" ", _PLACEHOLDER.sub(" ", form))
    own = len(_LETTERS[tongue.script].findall(bare))
    others = sum(len(pattern.findall(bare)) for script, pattern in _LETTERS.items() if script != tongue.script)
    if tongue.script == "Latin":
        return others == 0
    return own > 0 or others == 0 or form == source
