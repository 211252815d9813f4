"""A page announced, a post translated, a page launched with its posts: as people do it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import desk
from tests.browser.conftest import SignIn
from tests.browser.test_accessibility import violations
from tests.support.product import Product

# A Romanian channel for the campaign, and a page that goes live soon, written by the editor.
GROUND = """
from datetime import datetime
from django.contrib.auth import get_user_model
from content.pages import NewsIndexPage, NewsPage
from content.records import Campaign
from social_publisher.models import Channel
campaign = Campaign.objects.get(pk=1)
channel = Channel.objects.create(name="Rehearsal: X in Romanian", rehearses="x", handle="selec_ro", language="ro")
channel.campaigns.add(campaign)
Channel.objects.update(min_interval=0)
page = NewsIndexPage.objects.get().add_child(instance=NewsPage(
    title="Nobody knows of this yet", slug="nobody-knows", live=False, project=campaign.project,
    summary="It is written and waits. Tomorrow everybody may read it."))
page.go_live_at = datetime.fromisoformat({at!r})
page.save_revision(user=get_user_model().objects.get(username="editor"))
print(page.pk)
"""
LIVE_PAGE = """
from content.pages import NewsPage
from content.records import Campaign
print(NewsPage.objects.live().filter(project=Campaign.objects.get(pk=1).project).first().pk)
"""


def look_at(page: Page, shots: Path, name: str) -> None:
    """Axe finds nothing of ours and nothing scrolls sideways, narrow and wide; pictures are kept."""
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=shots / f"{name}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} at {width}"
        assert violations(page, {"include": [".desk"]}) == []
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture(scope="module")
def go_live_at() -> datetime:
    return desk.in_seconds(20)


@pytest.fixture(scope="module")
def draft(product: Product, go_live_at: datetime) -> int:
    """The page to be launched."""
    return int(product.ask(GROUND.format(at=go_live_at.isoformat())))


def test_a_page_is_launched_with_two_posts_and_they_leave_when_it_is_live(
    sign_in: SignIn, reader: Page, shots: Path, draft: int, go_live_at: datetime
) -> None:
    editor, approver = sign_in("editor"), sign_in("approver")
    for button in ("Begin the launch", "Add this post"):
        editor.goto(f"/admin/social/launches/new/{draft}/?campaign=1")
        editor.get_by_role("button", name=button).click()
    expect(editor.locator(".desk-launch__post")).to_have_count(2)
    look_at(editor, shots, "launch")
    editor.get_by_role("button", name="Submit page and posts").click()
    expect(editor.get_by_text("Page and posts are submitted.")).to_be_visible()

    approver.goto(editor.url)
    approver.get_by_role("link", name="Review page and posts").click()
    preview = approver.frame_locator("iframe[title='The page as it will be']")
    expect(preview.get_by_role("heading", name="Nobody knows of this yet")).to_be_visible()
    look_at(approver, shots, "launch-review")
    approver.get_by_role("button", name="Approve page and posts").click()
    expect(approver.get_by_text("Approved. The page goes live at its time")).to_be_visible()

    posts = reader.locator(".wall-post", has_text="Nobody knows of this yet")
    reader.goto("/rehearsal/")
    expect(posts).to_have_count(0)
    channels = 4
    while posts.count() < 2 * channels and datetime.now(desk.ZONE) < go_live_at + timedelta(seconds=100):
        assert posts.count() == 0 or reader.request.get("/news/nobody-knows/").status == 200
        reader.wait_for_timeout(500)
        reader.reload()
    expect(posts).to_have_count(2 * channels)
    posts.first.locator(".wall-post__text a").click()
    expect(reader.get_by_role("heading", name="Nobody knows of this yet")).to_be_visible()
    editor.reload()
    expect(editor.locator(".desk-badge", has_text="Live").first).to_be_visible()


def test_a_page_is_announced_and_its_post_translated(
    product: Product, sign_in: SignIn, shots: Path, draft: int
) -> None:
    editor, page_id = sign_in("editor"), int(product.ask(LIVE_PAGE))
    editor.goto(f"/admin/pages/{page_id}/edit/")
    editor.locator(
        "header [data-w-dropdown-target='toggle'], .w-slim-header [data-w-dropdown-target='toggle']"
    ).first.click()
    editor.get_by_role("link", name="Announce this").click()
    look_at(editor, shots, "announce")
    editor.get_by_role("button", name="Draft this post").click()
    expect(editor.get_by_text("Drafted. Look it over")).to_be_visible()
    panel = editor.locator(".desk-translations")
    expect(panel).to_contain_text("In: English. Missing: Romanian.")
    composer = editor.url
    editor.goto(f"/admin/social/announce/{page_id}/")
    expect(editor.get_by_role("heading", name="Announced already")).to_be_visible()

    editor.goto(composer)
    panel.get_by_role("link", name="Romanian").click()
    look_at(editor, shots, "translate")
    editor.get_by_label("A machine's translation will be used").check()
    editor.get_by_role("button", name="Translate").click()
    expect(editor.locator("#id_text")).to_have_value(re.compile(r"^\[en→ro\] "))
    expect(editor.get_by_text("are not translated yet")).to_be_visible()
    editor.locator("#id_text").fill("O campanie împotriva contrabandei. #StopSmuggling")
    editor.get_by_role("button", name="Save draft").click()
    editor.wait_for_load_state()
    expect(editor.get_by_text("are not translated yet")).to_have_count(0)
    editor.locator(".desk-translations").get_by_role("link", name="Check it").click()
    look_at(editor, shots, "check")
    editor.get_by_label("I read this language well").check()
    editor.get_by_role("button", name="It is right").click()
    expect(editor.get_by_text("You count as its last editor.")).to_be_visible()
    expect(editor.locator(".desk-translations").get_by_role("link", name="Check it")).to_have_count(0)

    editor.goto("/admin/social/translations/?campaign=1")
    expect(editor.get_by_role("columnheader", name="Romanian")).to_be_visible()
    expect(editor.get_by_role("link", name="Translate").first).to_be_visible()
    look_at(editor, shots, "languages")
