"""Planning ahead as people do it: a week of times, an import, posts spread over them, a series approved by another."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser import desk
from tests.browser.conftest import SignIn
from tests.browser.look import look

CHANNEL = "Rehearsal: Bluesky"
LIST = "/admin/snippets/social_publisher/post/"


def set_times(page: Page, shots: Path) -> None:
    page.goto("/admin/snippets/social_publisher/channel/")
    page.get_by_role("link", name=CHANNEL).first.click()
    page.locator("#panel-posting_times-content").get_by_role("link", name="Posting times").click()
    monday = page.get_by_role("group", name="Monday")
    monday.get_by_label("Another time on Monday").fill("10:00")
    monday.get_by_role("button", name="Add a time").press("Enter")
    expect(monday.locator("input").last).to_be_focused()
    monday.locator("input").last.fill("17:30")
    page.get_by_role("button", name="Copy Monday to the other workdays").click()
    expect(page.get_by_role("group", name="Friday").locator("input").nth(1)).to_have_value("17:30")
    look(page, shots, "planning-times")
    page.get_by_role("button", name="Save the posting times").click()
    expect(page.get_by_text(f"The posting times of {CHANNEL} are saved.")).to_be_visible()


def table(rows: list[tuple[str, str, datetime]]) -> Any:
    lines = ["campaign;text;channels;due"]
    lines += [f'{code};"{text}";{CHANNEL};{due:%Y-%m-%d %H:%M}' for code, text, due in rows]
    return {"name": "posts.csv", "mimeType": "text/csv", "buffer": "\r\n".join(lines).encode("utf-8-sig")}


def test_from_a_week_of_times_to_imported_posts_spread_over_it(sign_in: SignIn, shots: Path) -> None:
    set_times(sign_in("administrator"), shots)
    editor = sign_in("editor")
    editor.goto(LIST)
    editor.get_by_role("button", name="Actions").first.click()
    editor.get_by_role("link", name="Import posts").click()
    with editor.expect_download() as download:
        editor.get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename == "posts-template.xlsx"
    due = desk.in_seconds(86_400)
    texts = [f"Imported post {number}: ask where it comes from" for number in range(3)]
    good = [("fait-awareness", text, due) for text in texts]
    editor.get_by_label("File").set_input_files(table([*good[:2], ("no-such-code", texts[2], due)]))
    editor.get_by_role("button", name="Look at the file").click()
    expect(editor.get_by_text("1 row has something to correct.")).to_be_visible()
    expect(editor.get_by_text("There is no campaign with this code.")).to_be_visible()
    look(editor, shots, "planning-import-faults")
    editor.get_by_label("File").set_input_files(table(good))
    editor.get_by_role("button", name="Look at the file").click()
    expect(editor.get_by_text("3 drafts would be made.")).to_be_visible()
    look(editor, shots, "planning-import-check")
    editor.get_by_role("button", name="Make 3 drafts").click()
    expect(editor.get_by_text("3 drafts were made.")).to_be_visible()

    editor.goto(LIST)
    editor.get_by_role("button", name="Actions").first.click()
    with editor.expect_download() as download:
        editor.get_by_role("link", name="Download CSV").click()
    assert texts[0] in Path(download.value.path()).read_text(encoding="utf-8-sig")

    for text in texts:
        editor.locator("tr", has_text=text[:15]).get_by_role("checkbox").check()
    editor.get_by_role("link", name="Spread the chosen posts").click()
    expect(editor.get_by_role("heading", name="What would change")).to_be_visible()
    look(editor, shots, "planning-spread")
    editor.get_by_role("button", name="Give 3 posts these times").click()
    expect(editor.get_by_text("3 posts have new times.")).to_be_visible()

    editor.goto(f"{LIST}add/?campaign=1")
    desk.choose_channels(editor, [])
    editor.get_by_role("button", name="Next free slot").click()
    expect(editor.get_by_text("Choose a channel first.")).to_be_visible()
    desk.choose_channels(editor, [CHANNEL])
    editor.get_by_role("button", name="Next free slot").click()
    due_at = editor.locator("#id_due_at")
    expect(due_at).to_have_value(re.compile(" (10:00|17:30):00$"))
    first = due_at.input_value()
    editor.get_by_role("button", name="Next free slot").click()
    expect(due_at).not_to_have_value(first)


def test_a_series_is_made_submitted_and_approved_by_another_person(sign_in: SignIn, shots: Path) -> None:
    text = "Every week: who earns when nobody asks?"
    editor, approver = sign_in("editor"), sign_in("approver")
    editor.goto(f"{LIST}add/?campaign=1")
    editor.locator("#id_text").fill(text)
    desk.choose_page(editor, desk.PAGE)
    desk.choose_channels(editor, ["Rehearsal: Mastodon"])
    day = desk.in_seconds(3 * 86_400)
    desk.set_time(editor, day.replace(hour=10, minute=0, second=0))
    editor.get_by_role("button", name="Save draft").click()
    editor.wait_for_load_state()
    editor.get_by_role("button", name="Actions").first.click()
    editor.get_by_role("link", name="Repeat").click()
    editor.locator("#id_ends_on").fill((day + timedelta(weeks=2)).strftime("%Y-%m-%d"))
    editor.keyboard.press("Escape")
    editor.get_by_role("button", name="Show the dates").click()
    expect(editor.get_by_role("heading", name="When it would leave")).to_be_visible()
    look(editor, shots, "planning-repeat")
    editor.get_by_role("button", name="Make the series").click()
    expect(editor.get_by_role("heading", name="On 3 days")).to_be_visible()
    editor.get_by_role("button", name="Submit the series for approval").click()
    expect(editor.get_by_text("3 posts wait for approval.")).to_be_visible()
    expect(editor.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    address = editor.url
    approver.goto(address)
    expect(approver.locator(".desk-parcel__text").first).to_contain_text(text)
    look(approver, shots, "planning-series")
    approver.get_by_role("button", name="Approve all 3 posts").click()
    expect(approver.get_by_text("3 posts are approved.")).to_be_visible()
    expect(approver.get_by_text("Waiting")).to_have_count(3)
    approver.get_by_role("button", name="End the series").click()
    expect(approver.get_by_text("The series has ended. Stopped: 3.")).to_be_visible()
