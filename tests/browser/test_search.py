"""Searching as a reader does: by keyboard, with a misspelt word, on a phone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.look import look


def test_a_misspelt_search_leads_to_the_page(reader: Page, shots: Path) -> None:
    reader.goto("/search/")
    look(reader, shots, "search-empty")
    reader.get_by_role("searchbox", name="Search this site").fill("trafiking")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", name="No results for “trafiking”")).to_be_visible()
    look(reader, shots, "search-nothing")
    reader.get_by_role("link", name="trafficking", exact=True).click()
    expect(reader.get_by_role("heading", name="results for “trafficking”")).to_be_visible()
    expect(reader.locator(".result mark").first).to_have_text("Trafficking")
    look(reader, shots, "search-results")
    reader.get_by_role("complementary", name="Filter the results").get_by_role("link", name="Event").click()
    expect(reader.get_by_role("heading", name="1 result for “trafficking”")).to_be_visible()
    look(reader, shots, "search-filtered")
    reader.get_by_role("link", name="Remove filter").first.click()
    reader.get_by_role("link", name="ECOFIT: Options for Enhancing").click()
    reader.wait_for_url("**/projects/ecofit/")
