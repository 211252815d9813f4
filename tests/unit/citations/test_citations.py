from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from content.citations.files import bibtex, ris
from content.citations.identifiers import bare_doi, is_doi, is_isbn
from content.citations.reference import Reference, cite


def reference(**fields: Any) -> Reference:
    values: dict[str, Any] = {
        "key": "guide-2027",
        "title": "A guide & 100% more",
        "url": "https://example.org/resources/guide/",
        "kind": "report",
        "creators": ("Family, Given Name", "An Office"),
        "published_on": date(2027, 5, 2),
        "publisher": "SELEC",
        "version": "2.1",
        "language": "en",
    }
    return Reference(**{**values, **fields})


def test_a_line_is_cited_in_order() -> None:
    assert str(cite(reference(doi="10.1000/182"))) == (
        "Family, G. N., & An Office. (2027). A guide & 100% more (Version 2.1) [Report]. SELEC. "
        "https://doi.org/10.1000/182"
    )


def test_what_is_unknown_is_left_out_or_said() -> None:
    line = str(cite(reference(creators=(), published_on=None, version="", kind="other")))
    assert line == "SELEC. (n.d.). A guide & 100% more. https://example.org/resources/guide/"


def test_a_number_stands_with_its_series() -> None:
    assert "(Version 2.1; Notes No. 3)" in str(cite(reference(series="Notes", number=3)))


def test_bibtex_keeps_organisations_whole_and_escapes_signs() -> None:
    text = bibtex(reference(isbn="978-3-16-148410-0"))
    assert text.startswith("@techreport{guide-2027,\n")
    assert r"  title = {{A guide \& 100\% more}}," in text
    assert "  author = {Family, Given Name and {An Office}}," in text
    assert "  institution = {SELEC}," in text
    assert text.count("{") == text.count("}")


def test_ris_has_one_line_a_field_and_ends() -> None:
    lines = ris(reference(title="Two\nlines")).split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert "TI  - Two lines" in lines
    assert [line for line in lines if line.startswith("AU")] == ["AU  - Family, Given Name", "AU  - An Office"]
    assert lines[-2:] == ["ER  - ", ""]


@pytest.mark.parametrize("written", ["10.1000/182", "doi: 10.1000/182", "https://doi.org/10.1000/182"])
def test_a_doi_is_known_however_it_is_written(written: str) -> None:
    assert bare_doi(written) == "10.1000/182"
    assert is_doi("10.1000/182")
    assert not is_doi("11.1000/182")


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("978-3-16-148410-0", True),
        ("0-306-40615-2", True),
        ("080442957X", True),
        ("978-3-16-148410-1", False),
        ("12", False),
    ],
)
def test_an_isbn_checks_itself(number: str, right: bool) -> None:
    assert is_isbn(number) is right
