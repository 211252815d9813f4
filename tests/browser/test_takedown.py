"""A post proves wrong: it comes back everywhere, its correction leaves, and a person does what no program can."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import desk
from tests.browser.conftest import SignIn
from tests.browser.look import violations
from tests.support.product import Product

TEXT, CORRECTION = "The hotline has a new number: 112233.", "The number in our last post was wrong. It is 445566."
# A post on X and Telegram, approved, leaving now.
POST = """
from datetime import timedelta
from django.contrib.auth import get_user_model
from content.pages import CampaignPage
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.models import Channel
from tests.factories import approve, make_post
people = get_user_model().objects
telegram, _ = Channel.objects.get_or_create(
    name="Rehearsal: Telegram", defaults=dict(rehearses="telegram", handle="selec_rehearsal_telegram"))
Channel.objects.filter(name__startswith="Rehearsal").update(min_interval=0)
page = CampaignPage.objects.get(campaign=1)
post = make_post([Channel.objects.get(name="Rehearsal: X"), telegram], author=people.get(username="editor"),
                 campaign=page.campaign, text={text!r}, link_page=page.page_ptr, link_url="",
                 due_at=ledger_now() + timedelta(seconds=1))
approve(post, people.get(username="approver"))
print(post.pk)
"""


def decide(page: Page) -> None:
    """Say why, and that it is meant."""
    page.get_by_label("Reason").fill("The number is wrong.")
    page.get_by_label("Confirm").fill("take down")


def test_a_wrong_post_comes_back_and_its_correction_leaves(
    product: Product, sign_in: SignIn, reader: Page, shots: Path
) -> None:
    post = product.ask(POST.format(text=TEXT))
    editor, approver = sign_in("editor", 320), sign_in("approver", 1440)
    editor.goto("/admin/snippets/social_publisher/correction/add/")
    editor.locator("#id_campaign").select_option(label=desk.CAMPAIGN)
    editor.locator("#id_name").fill("Wrong number")
    editor.locator("#id_text").fill("a" * 281)
    expect(editor.get_by_text("Too long for X: 281 of 280.")).to_be_visible()
    editor.locator("#id_text").fill(CORRECTION)
    expect(editor.get_by_text(f"{len(CORRECTION)} of 280").first).to_be_visible()
    editor.screenshot(path=shots / "correction-320.png", full_page=True)
    assert violations(editor) == []
    editor.get_by_role("button", name="Save").click()
    editor.wait_for_url("**/correction/")

    approver.goto("/admin/snippets/social_publisher/correction/")
    approver.get_by_role("link", name="Wrong number").first.click()
    approver.get_by_role("link", name="Review it").click()
    expect(approver.locator(".desk-parcel__text")).to_have_text(CORRECTION)
    approver.screenshot(path=shots / "correction-review-1440.png", full_page=True)
    approver.get_by_role("button", name="Approve", exact=True).click()
    expect(approver.get_by_text("Approved. It is at hand")).to_be_visible()

    for _look in range(50):
        approver.goto(f"/admin/social/takedown/new/{post}/")
        if approver.get_by_text("It is taken back at once.").count() == 2:
            break
        approver.wait_for_timeout(200)
    approver.get_by_label("Wrong number").check()
    decide(approver)
    approver.screenshot(path=shots / "takedown-start-1440.png", full_page=True)
    assert violations(approver) == []
    approver.get_by_role("button", name="Take it down").click()
    approver.screenshot(path=shots / "takedown-1440.png", full_page=True)
    expect(approver.locator("[data-summary]")).to_contain_text("Done on every channel", timeout=15000)
    expect(approver.get_by_text("Taken back", exact=True)).to_have_count(2)
    correction = approver.get_by_role("region", name="Correction")
    expect(correction.get_by_text("Published", exact=True)).to_have_count(2, timeout=15000)
    approver.screenshot(path=shots / "takedown-done-1440.png", full_page=True)
    assert violations(approver) == []

    reader.goto("/rehearsal/")
    expect(reader.locator(".wall-post", has_text=TEXT)).to_have_count(0)
    for network in ("x", "telegram"):
        expect(reader.locator(f".wall-post--{network}", has_text=CORRECTION)).to_have_count(1)


def test_what_no_program_can_remove_a_person_does(product: Product, sign_in: SignIn, shots: Path) -> None:
    text = "Whether this one is out nobody can tell."
    desk.ask_a_person(product, text)
    page = sign_in("approver", 320)
    page.goto("/admin/social/queue/")
    page.get_by_role("listitem").filter(has_text=text).get_by_role("link", name=text, exact=True).click()
    page.locator("footer [data-w-dropdown-target='toggle']").click()
    page.locator("footer").get_by_role("link", name="Take down").click()
    decide(page)
    page.screenshot(path=shots / "takedown-start-320.png", full_page=True)
    page.get_by_role("button", name="Take it down").press("Enter")
    step = page.get_by_role("listitem").filter(has_text="Rehearsal: Mastodon")
    expect(step.get_by_text("To be removed by hand")).to_be_visible(timeout=15000)
    page.screenshot(path=shots / "takedown-320.png", full_page=True)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    step.get_by_role("button", name="I have removed it").press("Enter")
    expect(page.locator("[data-summary]")).to_contain_text("Done on every channel")
    page.goto("/admin/social/elsewhere/")
    page.screenshot(path=shots / "elsewhere-320.png", full_page=True)
    assert violations(page) == []
