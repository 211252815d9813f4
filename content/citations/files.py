from __future__ import annotations

import re
from collections.abc import Iterator

from content.citations.reference import KINDS, Reference

BIBTEX = {"report": "techreport", "study": "techreport", "guidelines": "manual", "training": "manual"}
RIS = {"report": "RPRT", "study": "RPRT", "leaflet": "PAMP", "presentation": "SLIDE"}
_SPECIAL = re.compile(r"[\\{}%&$#_~^]")
_BACKSLASHED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def bibtex(reference: Reference) -> str:
    """Return a BibTeX entry in UTF-8."""
    kind = "book" if reference.isbn and reference.kind == "other" else BIBTEX.get(reference.kind, "misc")
    owner = {"techreport": "institution", "manual": "organization"}.get(kind, "publisher")
    published = reference.published_on
    fields: dict[str, str] = {
        "title": f"{{{_escaped(reference.title)}}}",
        "author": " and ".join(_bibtex_name(name) for name in reference.creators),
        owner: _escaped(reference.publisher),
        "year": str(published.year) if published else "",
        "month": str(published.month) if published else "",
        "edition": _escaped(reference.version),
        "series": _escaped(reference.series),
        "number": str(reference.number or ""),
        "pagetotal": str(reference.pages or ""),
        "language": reference.language,
        "doi": reference.doi,
        "isbn": reference.isbn,
        "url": reference.url,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{_key(reference)},\n" + ",\n".join(lines) + "\n}\n"


def ris(reference: Reference) -> str:
    """Return an RIS record; its lines end as the format wants them."""
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in _ris_fields(reference)) + "ER  - \r\n"


def _ris_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    published = reference.published_on
    yield "TY", "BOOK" if reference.isbn and reference.kind == "other" else RIS.get(reference.kind, "GEN")
    yield "TI", reference.title
    for name in reference.creators:
        yield "AU", name
    optional = {
        "PY": str(published.year) if published else "",
        "DA": published.strftime("%Y/%m/%d/") if published else "",
        "PB": reference.publisher,
        "ET": reference.version,
        "T2": reference.series,
        "IS": str(reference.number or ""),
        "SP": str(reference.pages or ""),
        "LA": reference.language,
        "M3": KINDS.get(reference.kind, ""),
        "DO": reference.doi,
        "SN": reference.isbn,
        "UR": reference.url,
    }
    yield from ((tag, value) for tag, value in optional.items() if value)


def _key(reference: Reference) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "", reference.key) or "publication"


def _bibtex_name(name: str) -> str:
    """Braces keep an organisation's name in one piece."""
    return _escaped(name) if "," in name else f"{{{_escaped(name)}}}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _BACKSLASHED.get(found[0], f"\\{found[0]}"), _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
