"""What a campaign forbids: its rules at submitting, and a time when nothing should be posted, told to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import desk
from tests.browser.conftest import SignIn
from tests.browser.look import look
from tests.support.product import Product

RULES = "/admin/snippets/social_publisher/campaignrules/"
BLACKOUTS = "/admin/snippets/social_publisher/blackout/"


def compose(page: Page, text: str) -> None:
    """A whole post of the campaign on Mastodon, not submitted yet."""
    page.goto("/admin/snippets/social_publisher/post/add/")
    page.get_by_role("link", name=desk.CAMPAIGN).click()
    expect(page.locator("#id_campaign")).not_to_have_value("")
    page.locator("#id_text").fill(text)
    desk.choose_page(page, desk.PAGE)
    desk.choose_channels(page, ["Rehearsal: Mastodon"])
    desk.set_time(page, desk.in_seconds(7200))


def test_a_term_the_campaign_avoids_is_found_while_typing_and_refused_at_submitting(
    sign_in: SignIn, shots: Path
) -> None:
    administrator, editor = sign_in("administrator"), sign_in("editor")
    administrator.goto(RULES)
    administrator.get_by_role("link", name=desk.CAMPAIGN).first.click()
    administrator.get_by_label("Terms to avoid").fill("illegals: people without papers")
    look(administrator, shots, "rules")
    administrator.get_by_role("button", name="Save").click()
    administrator.wait_for_url(f"**{RULES}")

    compose(editor, "Smugglers sell illegals a dream.")
    finding = editor.locator(".findings li", has_text="illegals").first
    expect(finding).to_contain_text("Blocks:")
    expect(finding).to_contain_text("people without papers")
    editor.locator("footer [data-w-dropdown-target='toggle']").click()
    editor.locator("button[name='action-submit']").click()
    expect(editor.get_by_text("Saved as a draft, not submitted.").first).to_be_visible()
    editor.locator("#id_text").fill("Smugglers sell people without papers a dream.")
    expect(editor.locator(".findings li", has_text="illegals")).to_have_count(0)
    desk.submit(editor)


@pytest.fixture
def no_silence(product: Product) -> Iterator[None]:
    """Whatever becomes of the test, the posts of others may leave afterwards."""
    yield
    product.ask("from social_publisher.models import Blackout; print(Blackout.objects.all().delete()[0])")


def test_a_time_of_silence_stops_what_was_approved_and_is_drawn_in_the_calendar(
    product: Product, sign_in: SignIn, shots: Path, no_silence: None
) -> None:
    text = "Ask before the vote where it comes from."
    desk.made_post(product, text, "Rehearsal: Mastodon", 90_000, approved=True)
    administrator, editor = sign_in("administrator"), sign_in("editor", 1440)
    starts, leaves = desk.in_seconds(86_400), desk.in_seconds(90_000)
    ends = starts + timedelta(hours=6)
    administrator.goto(f"{BLACKOUTS}add/")
    administrator.locator("#id_name").fill("Day of the vote")
    administrator.locator("#id_kind").select_option(label="Election")
    for name, moment in (("starts_at", starts), ("ends_at", ends)):
        administrator.locator(f"#id_{name}").fill(moment.strftime("%Y-%m-%d %H:%M:%S"))
        administrator.keyboard.press("Tab")
    # The widget opens a moment after its field was reached, and closes when another place is clicked.
    pickers = administrator.locator(".xdsoft_datetimepicker").filter(visible=True)
    for _attempt in range(50):
        administrator.locator("#id_name").click()
        administrator.wait_for_timeout(100)
        if not pickers.count():
            break
    expect(pickers).to_have_count(0)
    look(administrator, shots, "blackout")
    administrator.get_by_role("button", name="Save").click()
    expect(administrator.get_by_text("1 approved post was to leave then. It was stopped")).to_be_visible()

    editor.goto(f"/admin/social/calendar/?view=day&date={leaves:%Y-%m-%d}")
    expect(editor.get_by_text("Day of the vote").first).to_be_visible()
    look(editor, shots, "blackout-in-the-calendar")
    editor.get_by_role("link", name=text).first.click()
    expect(editor.get_by_text("forbids posts until").first).to_be_visible()
    administrator.goto(BLACKOUTS)
    administrator.get_by_role("link", name="Day of the vote").first.click()
