"""The switch for everything, by keyboard."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import SignIn


def test_everything_is_paused_and_resumed_by_keyboard(sign_in: SignIn, shots: Path) -> None:
    page = sign_in("approver", 320)
    page.goto("/admin/social/queue/")
    page.get_by_role("link", name="Pause everything").press("Enter")
    page.wait_for_url("**/pause/everything/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_label("Reason").fill("Drill")
    page.get_by_role("button", name="Pause everything").press("Enter")
    expect(page.get_by_text("This field is required.")).to_be_visible()
    expect(page.get_by_label("Reason")).to_have_value("Drill")
    page.get_by_label("Type PAUSE to confirm").fill("pause")
    page.screenshot(path=shots / "pause-everything-320.png", full_page=True)
    page.get_by_role("button", name="Pause everything").press("Enter")
    expect(page.get_by_role("heading", name="Everything is paused")).to_be_visible()
    page.get_by_role("link", name="Resume everything").press("Enter")
    page.get_by_role("button", name="Resume everything").press("Enter")
    expect(page.get_by_text("Everything is resumed.")).to_be_visible()
    expect(page.get_by_role("link", name="Pause everything")).to_be_visible()
