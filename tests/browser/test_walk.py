"""The main job, walked by people: write, approve, leave, click, like, see."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser import desk
from tests.browser.conftest import SignIn
from tests.support.product import Product

TEXT = "Who earns when nobody asks? #StopSmuggling"


def test_home_shows_the_campaign_the_projects_and_the_news(reader: Page) -> None:
    reader.goto("/")
    expect(reader.get_by_role("heading", name="Smuggling takes from all of us")).to_be_visible()
    for acronym in ("FAIT", "ECOFIT", "ATHENA 2", "IMOBEX"):
        expect(reader.get_by_role("link", name=acronym, exact=True)).to_be_visible()
    expect(reader.get_by_role("heading", name="Latest news")).to_be_visible()
    reader.get_by_role("link", name="See the campaign").click()
    expect(reader.get_by_role("heading", name="What you can do")).to_be_visible()
    expect(reader.get_by_text("Funded by PMI IMPACT").first).to_be_visible()


def test_a_post_from_writing_to_what_came_back(sign_in: SignIn, reader: Page, shots: Path) -> None:
    editor, approver = sign_in("editor"), sign_in("approver")
    due_at = desk.in_seconds(25)
    desk.write_post(editor, TEXT, ["Rehearsal: X", "Rehearsal: Bluesky"], due_at, picture_alt="A route that breaks off")

    desk.open_review(editor, TEXT)
    expect(editor.get_by_role("button", name="Approve")).to_have_count(0)
    expect(editor.get_by_text("Another person has to.")).to_be_visible()

    desk.approve(approver, TEXT)

    posts = reader.locator(".wall-post", has_text=TEXT)
    reader.goto("/rehearsal/")
    while posts.count() < 2 and datetime.now(desk.ZONE) < due_at.replace(microsecond=0) + timedelta(seconds=60):
        reader.wait_for_timeout(500)
        reader.reload()
    expect(posts).to_have_count(2)
    for index in range(2):
        published_at = datetime.fromisoformat(posts.nth(index).locator("time").get_attribute("datetime") or "")
        assert published_at >= due_at
        expect(posts.nth(index).get_by_alt_text("A route that breaks off")).to_be_attached()
    links = {posts.nth(index).locator(".wall-post__text a").get_attribute("href") for index in range(2)}
    assert len(links) == 2

    on_x = reader.locator(".wall-post--x", has_text=TEXT)
    on_x.locator(".wall-post__text a").click()
    reader.wait_for_load_state()
    address = urlsplit(reader.url)
    assert address.path == "/campaigns/against-smuggling/"
    query = parse_qs(address.query)
    assert (query["utm_campaign"], query["utm_source"]) == (["fait-awareness"], ["x"])
    expect(reader.locator(".posts__item", has_text=TEXT)).to_be_visible()

    reader.goto("/rehearsal/")
    reader.locator(".wall-post--x", has_text=TEXT).get_by_role("button", name="Like").click()
    expect(reader.locator(".wall-post--x", has_text=TEXT).get_by_role("button", name="Like (1)")).to_be_visible()

    editor.goto("/admin/social/results/")
    editor.get_by_role("link", name=desk.CAMPAIGN).click()
    row = editor.locator("tr", has_text=TEXT[:20])
    for _second in range(60):
        if row.locator("td").all_text_contents() == ["1", "1"]:
            break
        editor.wait_for_timeout(1000)
        editor.reload()
    assert row.locator("td").all_text_contents() == ["1", "1"]
    expect(editor.locator("svg.chart rect")).to_have_count(2)
    expect(editor.locator("tr", has_text="Rehearsal: X").locator("td").first).to_have_text("1")
    editor.screenshot(path=shots / "dashboard.png", full_page=True)


def test_a_post_edited_after_approval_does_not_leave_and_says_why(sign_in: SignIn, reader: Page) -> None:
    text = "This one is changed after approval."
    editor, approver = sign_in("editor"), sign_in("approver")
    desk.write_post(editor, text, ["Rehearsal: Mastodon"], desk.in_seconds(180))
    desk.approve(approver, text)
    editor.goto("/admin/social/queue/")
    editor.get_by_role("link", name=text[:30]).first.click()
    editor.locator("#id_text").fill(text + " Now it says more.")
    editor.get_by_role("button", name="Save draft").click()
    editor.wait_for_load_state()
    expect(editor.get_by_text("Changed after approval, last saved by").first).to_be_visible()
    editor.goto("/admin/social/queue/")
    stopped = editor.get_by_role("region", name="Stopped").locator("li", has_text=text[:30])
    expect(stopped).to_contain_text("It leaves only after a new approval.")
    reader.goto("/rehearsal/")
    expect(reader.locator(".wall-post", has_text=text)).to_have_count(0)


def test_a_paused_channel_holds_its_posts_until_resumed(sign_in: SignIn, reader: Page) -> None:
    text, channel = "This one is held by a pause.", "Rehearsal: Facebook"
    editor, approver = sign_in("editor"), sign_in("approver")
    approver.goto("/admin/social/queue/")
    approver.get_by_label(f"Reason to pause {channel}").fill("Account incident")
    approver.get_by_role("button", name=f"Pause {channel}").click()
    due_at = desk.in_seconds(10)
    desk.write_post(editor, text, [channel], due_at)
    desk.approve(approver, text)
    approver.wait_for_timeout(max(0, (due_at - datetime.now(desk.ZONE)).total_seconds() * 1000) + 1500)
    approver.goto("/admin/social/queue/")
    held = approver.get_by_role("region", name="Held").locator("li", has_text=text[:30])
    expect(held).to_contain_text(f"{channel} is paused: Account incident")
    reader.goto("/rehearsal/")
    expect(reader.locator(".wall-post", has_text=text)).to_have_count(0)
    approver.get_by_role("button", name=f"Resume {channel}").click()
    for _second in range(20):
        reader.reload()
        if reader.locator(".wall-post", has_text=text).count():
            break
        reader.wait_for_timeout(500)
    expect(reader.locator(".wall-post", has_text=text)).to_have_count(1)


def test_the_public_site_is_walked_by_keyboard(reader: Page) -> None:
    reader.goto("/")
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("link", name="Skip to content")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader.locator("#content")).to_be_focused()
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("link", name="See the campaign")).to_be_focused()
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/campaigns/against-smuggling/")


def test_what_nobody_can_tell_is_answered_by_a_person(product: Product, sign_in: SignIn) -> None:
    text = "Was this one seen on the channel?"
    desk.ask_a_person(product, text)
    page = sign_in("approver", 320)
    page.goto("/admin/social/queue/")
    row = page.get_by_role("listitem").filter(has_text=text)
    expect(row.get_by_text("Needs a person")).to_be_visible()
    row.get_by_role("link", name="Decide").press("Enter")
    expect(page.get_by_text("This network cannot be read back.").first).to_be_visible()
    expect(page.locator(".desk-parcel__text")).to_contain_text(text)
    page.get_by_role("button", name="It is not there: send again").press("Enter")
    expect(page.get_by_label("How you know")).to_be_focused()
    page.get_by_label("How you know").fill("Looked at the channel: it is not there.")
    page.get_by_role("button", name="It is not there: send again").press("Enter")
    expect(page.get_by_text("It leaves again now.")).to_be_visible()
