"""What shuts readers out is found, and what does not is left alone."""

from __future__ import annotations

import pytest

from content.quality import (
    Part,
    alt_findings,
    heading_findings,
    link_findings,
    outline_findings,
    rich_text_findings,
    table_findings,
)


@pytest.mark.parametrize(
    "text",
    [
        "click here",
        "Click here!",
        "Read more →",
        "https://www.selec.org/report",
        "www.selec.org",
        "selec.org/reports/2025",
        "",
        "»",
        "Klikoni këtu",
        "kliknite ovdje",
        "Pročitajte više",
        "Опширније",
        "прочетете повече",
        "Διαβάστε περισσότερα",
        "ΕΔΩ",
        "Bővebben...",
        "Citește mai mult",
        "citeste mai mult",
        "Дознајте повеќе",
        "BURAYA TIKLAYIN",
        "Devamını oku",
    ],
)
def test_link_texts_that_say_nothing(text: str) -> None:
    (finding,) = link_findings(text)
    assert finding.message.count(".") >= 2, "a reason and a fix"


@pytest.mark.parametrize(
    "text",
    [
        "Report of the conference",
        "SELEC",
        "selec.org",
        "Here and there: a study",
        "Више о пројекту FAIT",
        "office@a.example",
    ],
)
def test_link_texts_that_say_where_they_lead(text: str) -> None:
    assert link_findings(text) == []


def test_links_and_false_headings_in_formatted_text() -> None:
    html = (
        '<p><b>What we did</b></p><p>See <a href="https://a.example">here</a>.</p><p><b>Stress</b> is no heading.</p>'
    )
    assert [finding.code for finding in rich_text_findings(html)] == ["link-says-nothing", "false-heading"]
    assert rich_text_findings("<p><b>A last line may be bold.</b></p>") == []
    assert rich_text_findings('<p><a linktype="page" id="3">The project FAIT</a></p><p></p>') == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["heading-empty"]),
        (" – ", ["heading-empty"]),
        ("WHAT CHANGES AT THE BORDER", ["heading-capitals"]),
        ("ΤΙ ΑΛΛΑΖΕΙ ΣΤΑ ΣΥΝΟΡΑ", ["heading-capitals"]),
        ("ШТА СЕ МЕЊА НА ГРАНИЦИ", ["heading-capitals"]),
        ("SELEC ECOFIT", []),
        ("2025", []),
        ("What SELEC does", []),
    ],
)
def test_headings(text: str, codes: list[str]) -> None:
    assert [finding.code for finding in heading_findings(text)] == codes


@pytest.mark.parametrize(
    ("levels", "found"),
    [
        ([2, 0, 3, 0, 2, 0], []),
        ([0, 0], []),
        ([2, 3, 0], []),
        ([3, 0], [(0, "heading-skips")]),
        ([0, 3, 0, 2, 0], [(1, "heading-skips")]),
        ([2, 2, 0], [(0, "heading-without-text")]),
        ([2, 0, 3], [(2, "heading-without-text")]),
        ([2, 3, 2, 0], [(1, "heading-without-text")]),
    ],
)
def test_the_outline(levels: list[int], found: list[tuple[int, str]]) -> None:
    assert [(index, finding.code) for index, finding in outline_findings([Part(level) for level in levels])] == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "IMG_1234",
        "DSC 00123",
        "photo-2.jpg",
        "border_crossing_final",
        "conference-2025-03-01",
        "20250301_101500",
        "Foto",
        "ЛОГО.PNG",
    ],
)
def test_descriptions_that_describe_nothing(text: str) -> None:
    assert len(alt_findings(text)) == 1


@pytest.mark.parametrize(
    "text", ["A lorry at a border post.", "Logo of SELEC", "Κόκκινο φορτηγό", "Year 2025: 12 lorries"]
)
def test_descriptions(text: str) -> None:
    assert alt_findings(text) == []


def test_a_description_is_no_caption_and_decoration_needs_none() -> None:
    assert [finding.code for finding in alt_findings("The border.", caption="The border")] == ["alt-repeats-caption"]
    assert alt_findings("", decorative=True) == []


def test_tables() -> None:
    assert table_findings("Checks", ["Year", "Cars"], [["2024", "3"]]) == []
    assert [finding.code for finding in table_findings("Checks", [], [])] == ["table-empty"]
    found = table_findings(" ", ["Year", ""], [["", "3"]])
    assert [finding.code for finding in found] == ["table-caption", "table-headings", "table-row-headings"]
