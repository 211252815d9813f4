"""What stands in a page for programs, in a real browser; and the page about it, as people see it."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.look import look

READ = "document.querySelector('script[type=\"application/ld+json\"]').textContent"


def test_linked_data_is_no_script_to_the_content_policy(reader: Page) -> None:
    complaints: list[str] = []
    reader.on("console", lambda message: complaints.append(message.text))
    reader.goto("/projects/ecofit/")
    kinds = {node["@type"] for node in json.loads(reader.evaluate(READ))["@graph"]}
    assert "ResearchProject" in kinds
    assert complaints == []
    address = reader.get_attribute("meta[property='og:image']", "content")
    answer = reader.request.get(str(address))
    assert answer.headers["content-type"] == "image/jpeg"


def test_the_page_about_feeds_and_data(reader: Page, shots: Path) -> None:
    reader.goto("/api/")
    expect(reader.get_by_role("heading", level=1, name="Data and feeds")).to_be_visible()
    assert reader.get_by_role("link", name="JSON Feed").count() > 1
    look(reader, shots, "api")
