"""A page announced, a post translated, a page launched with its posts: as people do it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import desk
from tests.browser.conftest import SignIn
from tests.browser.look import look
from tests.support.product import Product

# A Romanian channel for the campaign.
ROMANIAN = """
from content.records import Campaign
from social_publisher.models import Channel
channel = Channel.objects.create(
    name="Rehearsal: X in Romanian", rehearses="x", handle="selec_ro", language="ro", min_interval=0)
channel.campaigns.add(Campaign.objects.get(pk=1))
print(channel.pk)
"""
# A page that goes live soon, written by the editor.
DRAFT = """
from datetime import datetime
from django.contrib.auth import get_user_model
from content.pages import NewsIndexPage, NewsPage
from content.records import Campaign
campaign = Campaign.objects.get(pk=1)
page = NewsIndexPage.objects.get().add_child(instance=NewsPage(
    title="Nobody knows of this yet", slug="nobody-knows", live=False, project=campaign.project,
    summary="It is written and waits. Tomorrow everybody may read it."))
page.go_live_at = datetime.fromisoformat({at!r})
page.save_revision(user=get_user_model().objects.get(username="editor"))
print(page.pk)
"""
WENT_LIVE = """
import json
from content.pages import NewsPage
page = NewsPage.objects.get(slug="nobody-knows")
print(json.dumps(page.first_published_at.isoformat()))
"""
LIVE_PAGE = """
from content.pages import NewsPage
from content.records import Campaign
print(NewsPage.objects.live().filter(project=Campaign.objects.get(pk=1).project).first().pk)
"""
# A post in Romanian whose page is there in Romanian too.
TRANSLATED = """
from django.contrib.auth import get_user_model
from django.db import transaction
from content.pages import NewsPage
from content.records import Campaign
from social_publisher.desk.translating import translate
from social_publisher.models import Channel
from tests.factories import make_post
from tests.pages import translated
editor = get_user_model().objects.get(username="editor")
campaign = Campaign.objects.get(pk=1)
page = NewsPage.objects.live().filter(project=campaign.project, locale__language_code="en").last()
with transaction.atomic():
    translated(page, "ro", title="O rută este închisă", summary="Trei state au lucrat împreună.")
    post = make_post([Channel.objects.get(name="Rehearsal: X")], author=editor, campaign=campaign,
                     link_page=page.page_ptr, link_url="")
    made = translate(post, "ro", editor)
print(made.pk)
"""
FORGET = """
from social_publisher.models import Post
made = Post.objects.get(pk={pk})
print(Post.objects.filter(translation_key=made.translation_key).delete()[0])
"""
# How many of the campaign's channels are in English.
CHANNELS = 4


@pytest.fixture(scope="module", autouse=True)
def romanian(product: Product) -> int:
    """The id of the campaign's channel in Romanian."""
    return int(product.ask(ROMANIAN))


def test_a_page_is_launched_with_two_posts_and_they_leave_when_it_is_live(
    product: Product, sign_in: SignIn, reader: Page, shots: Path
) -> None:
    editor, approver, go_live_at = sign_in("editor"), sign_in("approver"), desk.in_seconds(45)
    draft = int(product.ask(DRAFT.format(at=go_live_at.isoformat())))
    for button in ("Begin the launch", "Add this post"):
        editor.goto(f"/admin/social/launches/new/{draft}/?campaign=1")
        editor.get_by_role("button", name=button).click()
    expect(editor.locator(".desk-launch__post")).to_have_count(2)
    look(editor, shots, "launch")
    editor.get_by_role("button", name="Submit page and posts").click()
    expect(editor.get_by_text("Page and posts are submitted.")).to_be_visible()

    approver.goto(editor.url)
    approver.get_by_role("link", name="Review page and posts").click()
    preview = approver.frame_locator("iframe[title='The page as it will be']")
    expect(preview.get_by_role("heading", name="Nobody knows of this yet")).to_be_visible()
    look(approver, shots, "launch-review")
    approver.get_by_role("button", name="Approve page and posts").click()
    expect(approver.get_by_text("Approved. The page goes live at its time")).to_be_visible()

    posts = reader.locator(".wall-post", has_text="Nobody knows of this yet")
    reader.goto("/rehearsal/")
    expect(posts).to_have_count(0)
    while posts.count() < 2 * CHANNELS and datetime.now(desk.ZONE) < go_live_at + timedelta(seconds=100):
        reader.wait_for_timeout(500)
        reader.reload()
    expect(posts).to_have_count(2 * CHANNELS)
    went_live = datetime.fromisoformat(product.ask(WENT_LIVE))
    assert went_live >= go_live_at
    for post in posts.all():
        assert datetime.fromisoformat(post.locator("time").get_attribute("datetime") or "") >= went_live
    posts.first.locator(".wall-post__text a").click()
    expect(reader.get_by_role("heading", name="Nobody knows of this yet")).to_be_visible()
    editor.reload()
    expect(editor.locator(".desk-badge", has_text="Live").first).to_be_visible()


def test_a_page_is_announced_and_its_post_translated(product: Product, sign_in: SignIn, shots: Path) -> None:
    editor, page_id = sign_in("editor"), int(product.ask(LIVE_PAGE))
    editor.goto(f"/admin/pages/{page_id}/edit/")
    editor.locator(
        "header [data-w-dropdown-target='toggle'], .w-slim-header [data-w-dropdown-target='toggle']"
    ).first.click()
    editor.get_by_role("link", name="Announce this").click()
    look(editor, shots, "announce")
    editor.get_by_role("button", name="Draft this post").click()
    expect(editor.get_by_text("Drafted. Look it over")).to_be_visible()
    panel = editor.locator(".desk-translations")
    expect(panel).to_contain_text("In: English. Missing: Romanian.")
    composer = editor.url
    editor.goto(f"/admin/social/announce/{page_id}/")
    expect(editor.get_by_role("heading", name="Announced already")).to_be_visible()

    editor.goto(composer)
    panel.get_by_role("link", name="Romanian").click()
    look(editor, shots, "translate")
    editor.get_by_label("A machine's translation will be used").check()
    editor.get_by_role("button", name="Translate").click()
    expect(editor.locator("#id_text")).to_have_value(re.compile(r"^\[en→ro\] "))
    expect(editor.get_by_text("are not translated yet")).to_be_visible()
    editor.locator("#id_text").fill("O campanie împotriva contrabandei. #StopSmuggling")
    editor.get_by_role("button", name="Save draft").click()
    editor.wait_for_load_state()
    expect(editor.get_by_text("are not translated yet")).to_have_count(0)
    editor.locator(".desk-translations").get_by_role("link", name="Check it").click()
    look(editor, shots, "check")
    editor.get_by_label("I read this language well").check()
    editor.get_by_role("button", name="It is right").click()
    expect(editor.get_by_text("You count as its last editor.")).to_be_visible()
    expect(editor.locator(".desk-translations").get_by_role("link", name="Check it")).to_have_count(0)

    editor.goto("/admin/social/translations/?campaign=1")
    expect(editor.get_by_role("columnheader", name="Romanian")).to_be_visible()
    expect(editor.get_by_role("link", name="Translate").first).to_be_visible()
    look(editor, shots, "languages")


def test_the_pages_own_translation_becomes_the_posts_text(product: Product, sign_in: SignIn, shots: Path) -> None:
    pk = int(product.ask(TRANSLATED))
    editor = sign_in("editor")
    editor.goto(f"/admin/snippets/social_publisher/post/edit/{pk}/")
    editor.locator(".desk-translations").get_by_role("link", name="Take the page's own text").click()
    expect(editor.get_by_text("Trei state au lucrat împreună.").first).to_be_visible()
    look(editor, shots, "pull")
    editor.get_by_role("button", name="Overwrite the text").click()
    expect(editor.locator("#id_text")).to_contain_text("Trei state au lucrat împreună.")
    expect(editor.locator(".desk-parcel", has_text="X in Romanian")).to_contain_text("O rută este închisă")
    # What a post links to cannot be deleted, and other tests take the translations away.
    product.ask(FORGET.format(pk=pk))
