"""The main job, walked by people: write, approve, leave, click, like, see."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser import desk
from tests.browser.conftest import SignIn
from tests.browser.look import look, violations
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


def clicks_on_x(page: Page) -> int:
    """From the results to the campaign's; return how many clicks came over the channel."""
    page.goto("/admin/social/results/?rehearsals=on")
    page.get_by_role("link", name=desk.CAMPAIGN).click()
    expect(page.get_by_role("heading", level=1, name=desk.CAMPAIGN)).to_be_visible()
    row = page.locator("tr", has=page.get_by_role("rowheader", name="Rehearsal: X", exact=True))
    # A channel that has brought nothing yet is not in the table.
    return int(row.locator("td").first.inner_text()) if row.count() else 0


def test_a_post_from_writing_to_what_came_back(sign_in: SignIn, reader: Page, shots: Path) -> None:
    editor, approver = sign_in("editor"), sign_in("approver")
    channels = ["Rehearsal: X", "Rehearsal: Bluesky"]
    due_at = desk.write_post(editor, TEXT, channels, 45, picture_alt="A route that breaks off")
    watched = sign_in("editor")
    watched.goto("/admin/social/queue/")
    expect(watched.get_by_role("heading", name="Waits for approval")).to_be_visible()

    desk.open_review(editor, TEXT)
    expect(editor.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    expect(editor.get_by_text("Another person has to.")).to_be_visible()

    desk.approve(approver, TEXT)

    # The queue changes by itself: at once for who comes back to it, and while it is watched.
    watched.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    row = watched.locator(".desk-queue__section--next li", has_text=TEXT[:30])
    expect(row).to_have_count(2)
    expect(row.first.locator(".desk-row__countdown")).to_contain_text("second")
    expect(watched.locator(".desk-queue__section--published li", has_text=TEXT[:30])).to_have_count(2, timeout=90_000)

    posts = reader.locator(".wall-post", has_text=TEXT)
    reader.goto("/rehearsal/")
    expect(posts).to_have_count(2)
    for index in range(2):
        published_at = datetime.fromisoformat(posts.nth(index).locator("time").get_attribute("datetime") or "")
        assert published_at >= due_at
        expect(posts.nth(index).get_by_alt_text("A route that breaks off")).to_be_attached()
    links = {posts.nth(index).locator(".wall-post__text a").get_attribute("href") for index in range(2)}
    assert len(links) == 2

    clicks = clicks_on_x(editor)
    on_x = reader.locator(".wall-post--x", has_text=TEXT)
    on_x.locator(".wall-post__text a").click()
    reader.wait_for_url("**/campaigns/against-smuggling/**")
    address = urlsplit(reader.url)
    query = parse_qs(address.query)
    assert (query["utm_campaign"], query["utm_source"]) == (["fait-awareness"], ["x"])
    expect(reader.locator(".post", has_text=TEXT)).to_be_visible()

    reader.goto("/rehearsal/")
    reader.locator(".wall-post--x", has_text=TEXT).get_by_role("button", name="Like").click()
    expect(reader.locator(".wall-post--x", has_text=TEXT).get_by_role("button", name="Like (1)")).to_be_visible()

    row = editor.locator("#posts tr", has_text=TEXT[:20]).filter(has_text="Rehearsal: X")
    told = {"link clicks": 1, "reactions": 3, "likes": 4}
    for _look in range(120):
        cells = row.locator("td").all_text_contents()
        if {cells[place] for place in told.values()} == {"1"}:
            break
        editor.wait_for_timeout(500)
        editor.reload()
    assert {name: cells[place] for name, place in told.items()} == dict.fromkeys(told, "1")
    expect(editor.locator("svg.chart rect").nth(1)).to_be_attached()
    assert clicks_on_x(editor) == clicks + 1
    editor.screenshot(path=shots / "dashboard.png", full_page=True)


def test_a_post_edited_after_approval_does_not_leave_and_says_why(
    product: Product, sign_in: SignIn, reader: Page
) -> None:
    text = "This one is changed after approval."
    editor = sign_in("editor")
    desk.made_post(product, text, "Rehearsal: Mastodon", 180, approved=True)
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


def seen(reader: Page, text: str) -> None:
    """A post comes to the public wall."""
    posts = reader.locator(".wall-post", has_text=text)
    reader.goto("/rehearsal/")
    for _look in range(100):
        if posts.count():
            break
        reader.wait_for_timeout(200)
        reader.reload()
    expect(posts).to_have_count(1)


def test_a_paused_channel_holds_its_posts_until_resumed(product: Product, sign_in: SignIn, reader: Page) -> None:
    text, channel = "This one is held by a pause.", "Rehearsal: Facebook"
    approver = sign_in("approver")
    approver.goto("/admin/social/queue/")
    approver.get_by_label(f"Reason to pause {channel}").fill("Account incident")
    approver.get_by_role("button", name=f"Pause {channel}").click()
    expect(approver.get_by_role("button", name=f"Resume {channel}")).to_be_visible()
    desk.made_post(product, text, channel, 0.5, approved=True)
    # Long enough past its time: what nothing holds has left by then.
    desk.made_post(product, "This one is held by nothing.", "Rehearsal: Mastodon", 1, approved=True)
    seen(reader, "This one is held by nothing.")
    expect(reader.locator(".wall-post", has_text=text)).to_have_count(0)
    approver.goto("/admin/social/queue/")
    held = approver.get_by_role("region", name="Held").locator("li", has_text=text[:30])
    expect(held).to_contain_text(f"{channel} is paused: Account incident")
    approver.get_by_role("button", name=f"Resume {channel}").click()
    seen(reader, text)


def test_the_public_site_is_walked_by_keyboard(reader: Page) -> None:
    reader.goto("/")
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("link", name="Skip to content")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader.locator("#content")).to_be_focused()
    tasks = reader.get_by_role("navigation", name="What do you need?").get_by_role("link")
    for task in tasks.all():
        reader.keyboard.press("Tab")
        expect(task).to_be_focused()
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("link", name="See the campaign")).to_be_focused()
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/campaigns/against-smuggling/")


def test_what_nobody_can_tell_is_answered_by_a_person(product: Product, sign_in: SignIn, shots: Path) -> None:
    text = "Was this one seen on the channel?"
    desk.ask_a_person(product, text)
    page = sign_in("approver", 320)
    page.goto("/admin/social/queue/")
    row = page.get_by_role("listitem").filter(has_text=text)
    expect(row.get_by_text("Needs a person")).to_be_visible()
    row.get_by_role("link", name="Decide").press("Enter")
    expect(page.get_by_text("This network cannot be read back.").first).to_be_visible()
    expect(page.locator(".desk-parcel__text")).to_contain_text(text)
    look(page, shots, "decide")
    page.get_by_role("button", name="It is not there: send again").press("Enter")
    expect(page.get_by_label("How you know")).to_be_focused()
    assert violations(page) == []
    page.get_by_label("How you know").fill("Looked at the channel: it is not there.")
    page.get_by_role("button", name="It is not there: send again").press("Enter")
    expect(page.get_by_text("It leaves again now.")).to_be_visible()
