"""Compiles the .po files into the data folder whenever they changed, so that no installation can forget to.

Beside them stands one catalogue a language made from the CLDR: the names of months and days, which Django lacks for
Montenegrin and writes with a capital in some others.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import uuid4

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from campaign_site.translations import catalogues
from campaign_site.translations.extract import ROOMS
from campaign_site.translations.tongues import TONGUES, Tongue

DATES = "dates"
# Raise it when the way of compiling changes.
_RECIPE = b"1"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# As Django's dates.py asks for them.
_AP_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def folders(build: Path) -> list[Path]:
    """Return where the compiled catalogues are, for LOCALE_PATHS: the rooms, then the names of months and days."""
    return [build / name for name in (*ROOMS, DATES)]


def compile_stale(build: Path) -> int:
    """Compile what is new or changed. Returns how many files were written. Safe beside another process."""
    written = 0
    for code, tongue in TONGUES.items():
        for room in ROOMS:
            path = catalogues.path_of(room, code)
            source = path.read_bytes() if path.is_file() else b""
            target = build / room / code / "LC_MESSAGES" / "django.mo"
            if _is_stale(target, source):
                _write(target, catalogues.read(room, code), source)
                written += 1
        target = build / DATES / code / "LC_MESSAGES" / "django.mo"
        if _is_stale(target, b""):
            _write(target, date_words(tongue), b"")
            written += 1
    return written


def date_words(tongue: Tongue) -> Catalog:
    """The names of months and days as a text uses them, and months as they stand alone."""
    locale = Locale.parse(tongue.cldr)
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    months, days = locale.months, locale.days["format"]
    for number, name in enumerate(_MONTHS, 1):
        catalogue.add(name, months["stand-alone"]["wide"][number])
        catalogue.add(name, months["format"]["wide"][number], context="alt. month")
        catalogue.add(name[:3].lower(), months["format"]["abbreviated"][number])
        catalogue.add(_AP_MONTHS[number - 1], months["format"]["abbreviated"][number], context="abbrev. month")
    for number, name in enumerate(_DAYS):
        catalogue.add(name, days["wide"][number])
        catalogue.add(name[:3], days["abbreviated"][number])
    return catalogue


def _is_stale(target: Path, source: bytes) -> bool:
    mark = target.with_suffix(".source")
    return not target.is_file() or not mark.is_file() or mark.read_text() != _digest(source)


def _digest(source: bytes) -> str:
    return hashlib.sha256(_RECIPE + source).hexdigest()


def _write(target: Path, catalogue: Catalog, source: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{uuid4().hex}.partial")
    with partial.open("wb") as file:
        write_mo(file, catalogue)
    partial.replace(target)
    partial.write_text(_digest(source))
    partial.replace(target.with_suffix(".source"))
