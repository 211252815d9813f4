from __future__ import annotations

from datetime import date
from typing import Any

from content.pages.local_links import LocalLinks, PageLink
from content.pages.plain import actions, chosen_pages, figures

LINKS = LocalLinks(by_id={7: PageLink("FAIT", "/projects/fait/")})


def block(**value: Any) -> dict[str, Any]:
    return {"type": "any", "value": {"page": None, "url": "", "link_text": "", **value}}


def test_the_pages_of_all_blocks_are_asked_for_together() -> None:
    assert chosen_pages([block(page=7), block()], [block(page=9)]) == [7, 9]


def test_a_call_to_act_leads_where_it_says() -> None:
    page, outside, nowhere, gone = actions(
        [
            block(title="A", text="", page=7),
            block(title="B", text="", url="https://example.org/"),
            block(title="C", text=""),
            block(title="D", text="", page=8),
        ],
        LINKS,
    )
    assert (page.url, page.is_outside) == ("/projects/fait/", False)
    assert (outside.url, outside.is_outside) == ("https://example.org/", True)
    assert nowhere.url == gone.url == ""


def test_a_number_has_its_source_and_its_date() -> None:
    stream = [block(value="120", label="specialists", source="FAIT", page=7, as_of="2026-11-01")]
    (figure,) = figures(stream, LINKS)
    assert (figure.source, figure.url, figure.as_of) == ("FAIT", "/projects/fait/", date(2026, 11, 1))
    (undated,) = figures([block(value="1", label="unit", source="FAIT")], LINKS)
    assert undated.as_of is None
