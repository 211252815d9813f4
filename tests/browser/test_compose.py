"""The composer as a person uses it: the campaign first, one text for many channels, counted and shown as typed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import desk
from tests.browser.conftest import SignIn
from tests.browser.look import violations

SENTENCE = "Ask where it comes from before you buy it. "


def begin(page: Page) -> None:
    """From the list of posts to an empty post of the campaign."""
    page.goto("/admin/snippets/social_publisher/post/add/")
    expect(page.get_by_role("heading", name="Which campaign is it for?")).to_be_visible()
    page.get_by_role("link", name=desk.CAMPAIGN).click()
    expect(page.locator("#id_campaign")).not_to_have_value("")


def test_a_post_is_written_for_two_channels(sign_in: SignIn, shots: Path) -> None:
    page = sign_in("editor", 1440)
    begin(page)
    expect(page.locator("input[data-desk-channels-target='box']:checked")).to_have_count(4)
    expect(page.locator("#id_text")).to_have_value("\n\n#StopSmuggling")
    desk.choose_channels(page, ["Rehearsal: X", "Rehearsal: Mastodon"])
    expect(page.locator(".desk-parcel")).to_have_count(2)

    page.locator("#id_text").fill(SENTENCE * 8)
    on_x = page.locator(".desk-parcel", has_text="Rehearsal: X")
    expect(on_x.locator(".desk-parcel__count")).to_have_text("343 of 280")
    expect(page.get_by_role("status").filter(has_text="Rehearsal: X: 63 too long.")).to_be_attached()
    assert page.evaluate("document.activeElement.id") == "id_text"
    page.locator("#id_text").fill(SENTENCE)
    expect(on_x.locator(".desk-parcel__count")).to_have_text("42 of 280")
    expect(page.get_by_role("status").filter(has_text="Rehearsal: X: it fits.")).to_be_attached()

    row = page.locator(".compose-channel", has_text="Rehearsal: X").filter(visible=True)
    row.get_by_text("Own text, picture or time").click()
    row.locator("textarea").fill(SENTENCE * 8)
    row.get_by_role("button", name="Split to fit Rehearsal: X").click()
    expect(row.locator("textarea")).to_have_value((SENTENCE * 6).strip() + "\n---\n" + (SENTENCE * 2).strip())
    expect(on_x.get_by_text("Part 2 of 2: 85 of 280")).to_be_visible()
    page.screenshot(path=shots / "compose-1440.png", full_page=True)
    assert violations(page) == []
    row.get_by_role("button", name="Join the parts again").click()
    expect(row.locator("textarea")).to_have_value((SENTENCE * 8).strip())
    row.locator("textarea").press("ControlOrMeta+z")
    expect(on_x.get_by_text("Part 2 of 2: 85 of 280")).to_be_visible()

    desk.choose_page(page, desk.PAGE)
    desk.set_time(page, desk.in_seconds(3600))
    desk.submit(page)


def test_what_was_typed_stays_with_its_error(sign_in: SignIn, shots: Path) -> None:
    page = sign_in("editor", 320)
    begin(page)
    box = page.get_by_role("checkbox", name="Rehearsal: Bluesky")
    expect(box).to_be_checked()
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_focused()
    expect(box).not_to_be_checked()
    expect(page.locator(".compose-channel:visible")).to_have_count(3)
    box.press("Space")
    expect(box).to_be_checked()
    expect(page.locator(".compose-channel:visible")).to_have_count(4)
    page.locator("#id_text").fill("Written on a telephone.")
    page.locator("#id_link_url").fill("javascript:alert(1)")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("#id_text")).to_have_value("Written on a telephone.")
    expect(page.locator(".compose-channel:visible")).to_have_count(4)
    expect(page.locator(".desk-parcel__text").first).to_have_text("Written on a telephone.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.screenshot(path=shots / "compose-320.png", full_page=True)
    assert violations(page) == []
