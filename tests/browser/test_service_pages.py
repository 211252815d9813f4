"""The frame and the contact form in a browser that runs no script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.look import look, violations
from tests.support.product import Product


@pytest.fixture
def plain(product: Product, browser: Browser) -> Iterator[Page]:
    """A small telephone without JavaScript."""
    viewport = {"width": 320, "height": 640}
    context = browser.new_context(base_url=product.base, java_script_enabled=False, viewport=viewport)
    yield context.new_page()
    context.close()


def test_the_menu_unfolds_on_a_telephone_and_lies_open_on_a_wide_screen(plain: Page) -> None:
    plain.goto("/about/")
    news = plain.get_by_role("navigation", name="Main").get_by_role("link", name="News", exact=True)
    expect(news).to_be_hidden()
    plain.get_by_text("Menu", exact=True).click()
    expect(news).to_be_visible()
    plain.keyboard.press("Enter")
    expect(news).to_be_hidden()
    plain.set_viewport_size({"width": 1440, "height": 900})
    expect(news).to_be_visible()
    news.click()
    plain.wait_for_url("**/news/")


def test_a_message_is_written_corrected_and_sent_without_a_script(plain: Page) -> None:
    plain.goto("/contact/")
    plain.get_by_label("Your name").fill("Ana")
    plain.get_by_role("button", name="Send message").click()
    summary = plain.get_by_role("alert")
    expect(summary).to_contain_text("Your message was not sent yet")
    # Sent within seconds, it is taken for a program's; the form that came back is older by then.
    summary.get_by_role("link", name="Write your message").click()
    plain.get_by_role("textbox", name="Your message").fill("Which partners take part?")
    expect(plain.get_by_label("Your name")).to_have_value("Ana")
    for _attempt in range(400):
        plain.get_by_role("button", name="Send message").click()
        if plain.get_by_role("status").is_visible():
            break
    expect(plain.get_by_role("status")).to_contain_text("Your message has arrived")
    assert plain.context.cookies() == []


@pytest.mark.parametrize("name", ["report", "contact"])
def test_the_service_pages_fit_every_screen(reader: Page, shots: Path, name: str) -> None:
    reader.goto(f"/{name}/")
    look(reader, shots, name)
    reader.set_viewport_size({"width": 320, "height": 640})
    reader.get_by_text("Menu", exact=True).click()
    assert violations(reader) == []
