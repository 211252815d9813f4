"""The .po files: one a room and language, in `<room>/locale/<language>/LC_MESSAGES/django.po`."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po

from campaign_site.translations.extract import ROOMS, ROOT, Message, messages
from campaign_site.translations.tongues import TONGUES, Tongue

WIDTH = 120


def path_of(room: str, code: str) -> Path:
    """Return where a room's texts in a language are kept."""
    return ROOT / room / "locale" / code / "LC_MESSAGES" / "django.po"


def read(room: str, code: str) -> Catalog:
    """Return what is kept, or an empty catalogue."""
    path = path_of(room, code)
    if not path.is_file():
        return _empty(TONGUES[code])
    with path.open("rb") as file:
        return read_po(file)


def entry_of(catalogue: Catalog, context: str, text: str) -> Entry | None:
    """Return what the catalogue keeps of a text."""
    return catalogue.get(text, context or None)


def is_translated(entry: Entry | None, plural: str, tongue: Tongue) -> bool:
    """Whether every form that the language needs is there."""
    if entry is None or entry.fuzzy:
        return False
    forms = entry.string if isinstance(entry.string, tuple) else (entry.string,)
    return len(forms) == (tongue.forms if plural else 1) and all(forms)


def update(room: str, code: str, found: list[Message]) -> None:
    """Write the room's .po file anew: the texts of today, each with the translation that is kept for it."""
    tongue = TONGUES[code]
    kept, fresh = read(room, code), _empty(tongue)
    for message in found:
        entry = entry_of(kept, message.context, message.text)
        translated = entry is not None and is_translated(entry, message.plural, tongue)
        fresh.add(
            (message.text, message.plural) if message.plural else message.text,
            string=entry.string if entry is not None and translated else None,
            locations=[(place, None) for place in message.places],  # type: ignore[misc]
            context=message.context or None,
        )
    write(room, code, fresh)


def update_all() -> int:
    """Bring every .po file up to date with the code. Returns how many texts there are."""
    count = 0
    for room in ROOMS:
        found = messages(room)
        count += len(found)
        for code in TONGUES:
            update(room, code, found)
    return count


def write(room: str, code: str, catalogue: Catalog) -> None:
    """Write a .po file whole, or not at all."""
    path = path_of(room, code)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, ignore_obsolete=True, include_lineno=False, omit_header=True)
        body = partial
    text = body.read_text(encoding="utf-8")
    body.write_text(_header(TONGUES[code]) + text, encoding="utf-8")
    partial.replace(path)


def _header(tongue: Tongue) -> str:
    """No dates and no names in it, so that an update without a change changes nothing."""
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {tongue.code}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: nplurals={tongue.forms}; plural={tongue.plural};\\n"\n\n'
    )


def _empty(tongue: Tongue) -> Catalog:
    """Babel guesses the plural forms of the languages it knows; the header says them for all."""
    catalogue = Catalog(locale=tongue.code, charset="utf-8", fuzzy=False)
    catalogue.mime_headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", f"nplurals={tongue.forms}; plural={tongue.plural};"),
    ]
    return catalogue
