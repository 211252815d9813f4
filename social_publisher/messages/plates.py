"""Vehicles' registration plates of the region.

Most are told by their shape. What could as well be a standard, a model or a year is one only beside a word for a
vehicle or a plate.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

# Plates bear letters that Latin shares with Cyrillic or Greek; people type either.
LATIN = str.maketrans("АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXIJSABEZHIKMNOPTYX")
RO = "A[BGR]|B[CHNRTVZ]|C[JLSTV]|D[BJ]|G[JLR]|H[DR]|I[FLS]|M[HMS]|NT|OT|PH|S[BJMV]|T[LMR]|V[LNS]"
BG = "[ABEKMHOPCTYX]"
ME = "AN|BA|BD|BP|BR|CT|DG|GS|HN|KL|KO|MK|NI|NK|PG|PL|PT|PV|PŽ|RO|ŠN|TV|TZ|UL|ŽB"
TR = "[A-PR-VYZ]"
MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
CERTAIN = (
    rf"(?:B[ -]?\d{{2,3}}|(?:{RO})[ -]?\d{{2}})[ -]?[A-HJ-NPR-Z][A-Z]{{2}}",  # Romania
    rf"{BG}{{1,2}}[ -]?\d{{4}}[ -]?{BG}{{2}}",  # Bulgaria
    r"[A-ZČĆŽŠĐ]{2}[ ·-]?\d{3,4}[ ·-]?[A-ZČĆŽŠĐ]{2}",  # Serbia, North Macedonia, Albania
    r"[AEJKMOT]\d{2}-[AEJKMOT]-\d{3}",  # Bosnia and Herzegovina
    rf"(?:{ME})[ -][A-Z]{{2}}[ -]?\d{{3}}",  # Montenegro
    r"[A-Z]{2}[ ][A-Z]{2}-\d{3}",  # Hungary, since 2022
    rf"(?:0[1-9]|[1-7]\d|8[01])[ ]?(?:{TR}[ ]?\d{{4,5}}|{TR}{{2}}[ ]?\d{{3,4}}"
    rf"|(?!{MONTHS}){TR}{{3}}[ ]?\d{{2,3}})",  # Türkiye
)
DOUBTFUL = (
    r"[A-Z]{3}[ -]?\d{3}",  # Hungary until 2022, Moldova
    r"[A-Z]{1,2}[ ][A-Z]{2}[ ]\d{3}",  # Moldova until 2015
    r"[ABEZHIKMNOPTYX]{3}[ -]?\d{4}",  # Greece
)
PLATE = regex.compile(rf"(?<![\w-])(?:{'|'.join(CERTAIN)})(?![\w-])")
MAYBE = regex.compile(rf"(?<![\w-])(?:{'|'.join(DOUBTFUL)})(?![\w-])")
YEAR = regex.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# Beginnings of words for vehicles and plates in the site's languages.
VEHICLE = regex.compile(
    r"(?i)\b(?:licen[cs]e plate|number ?plate|registration|vehicle|cars?\b|truck|vans?\b|lorr(?:y|ies)|"
    r"targ[aë]|makin|automjet|kamion|furgon|tablic|registar|vozil|automobil|aut[oaé]\b|kombi|"
    r"регистра|таблиц|автомобил|кола(?:та)?\b|камион|возил|микробус|πινακίδ|αυτοκίνητ|όχημα|οχήματ|φορτηγ|"
    r"rendszám|autó|jármű|teherautó|gépkocsi|înmatricul|inmatricul|mașin|masin|autoturism|camion|dubă|vehicul|"
    r"plaka|araç|otomobil|kamyon)"
)
NEAR = 60


def plates(text: str) -> Iterator[tuple[int, int]]:
    """Where in the text something looks like a registration plate: start and end."""
    latin = text.translate(LATIN)
    for found in PLATE.finditer(latin):
        if not YEAR.search(found.group()) or _beside_vehicle(text, found):
            yield found.span()
    for found in MAYBE.finditer(latin):
        if _beside_vehicle(text, found):
            yield found.span()


def _beside_vehicle(text: str, found: regex.Match[str]) -> bool:
    return VEHICLE.search(text, max(0, found.start() - NEAR), found.end() + NEAR) is not None
