"""Deciding as people do it: no, not yet, what is new, several at once, two of three, an alert that cannot wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.look import look
from tests.support.product import Product

PREPARED = """
import json
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from content.pages import CampaignPage
from social_publisher.approval import service
from social_publisher.models import CampaignRules, Channel, Post
from tests.factories import approve, edit, make_campaign, make_post
editor, approver = (get_user_model().objects.get(username=name) for name in ("editor", "approver"))
channels = [Channel.objects.get(name=name) for name in ("Rehearsal: Mastodon", "Rehearsal: Bluesky")]
page = CampaignPage.objects.get(campaign=1)
def write(text, campaign=None, **fields):
    return make_post(channels, author=editor, campaign=campaign or page.campaign, text=text, link_page=page.page_ptr,
                     link_url="", due_at=timezone.now() + timedelta(days=1), **fields)
with transaction.atomic():
    two = make_campaign(name="Two have to")
    CampaignRules.objects.create(campaign=two, second_level=True)
    posts = {
        "no": write("This one gets a no."),
        "new": write("Ask where it comes from, every time you buy."),
        "first": write("The first of several."),
        "second": write("The second of several."),
        "two": write("Two people have to say yes.", two),
        "undo": write("An alert that is undone.", is_alert=True),
        "sign": write("An alert that is signed off.", is_alert=True),
    }
with transaction.atomic():
    approve(posts["new"], approver)
with transaction.atomic():
    edit(posts["new"], "Ask who earns from it, every time you buy.", editor)
for name in ("no", "new", "first", "second", "two"):
    service.submit(Post.objects.get(pk=posts[name].pk), editor)
print(json.dumps({name: post.pk for name, post in posts.items()}))
"""


@pytest.fixture(scope="module")
def posts(product: Product) -> dict[str, int]:
    """Posts of the demo editor, by what happens to them here."""
    prepared: dict[str, int] = product.ask(PREPARED)
    return prepared


def review(page: Page, pk: int) -> None:
    page.goto(f"/admin/social/queue/review/{pk}/")
    expect(page.get_by_role("heading", name="Exactly what leaves")).to_be_visible()


def test_a_no_and_a_not_yet_are_two_things(sign_in: SignIn, posts: dict[str, int]) -> None:
    editor, approver = sign_in("editor"), sign_in("approver")
    review(approver, posts["no"])
    approver.get_by_role("button", name="Ask for changes").press("Enter")
    expect(approver.get_by_text("the author has to know why").first).to_be_visible()
    approver.get_by_label("Comment").fill("Name the source.")
    approver.get_by_role("button", name="Ask for changes").press("Enter")
    expect(approver.get_by_text("Its author can change it and submit it again.")).to_be_visible()
    editor.goto(f"/admin/snippets/social_publisher/post/edit/{posts['no']}/")
    expect(editor.get_by_text("Name the source.").first).to_be_attached()
    editor.locator("footer [data-w-dropdown-target='toggle']").click()
    editor.get_by_role("button", name="Resubmit").click()
    editor.wait_for_load_state()
    review(approver, posts["no"])
    expect(approver.get_by_text("Asked for changes").first).to_be_visible()
    approver.get_by_label("Comment").fill("Not this month.")
    approver.get_by_role("button", name="Reject").click()
    expect(approver.get_by_text("Rejected. It is a draft again")).to_be_visible()
    review(approver, posts["no"])
    expect(approver.get_by_text("Rejected it")).to_be_visible()
    expect(approver.get_by_text("This post is not waiting for a decision.")).to_be_visible()


def test_the_difference_is_read_by_eye_and_by_ear(sign_in: SignIn, posts: dict[str, int], shots: Path) -> None:
    approver = sign_in("approver")
    review(approver, posts["new"])
    change = approver.locator(".desk-change").first
    expect(change.locator("del")).to_contain_text("removed: where it comes from,")
    expect(change.locator("ins")).to_contain_text("added: who earns from it,")
    assert "line-through" in change.locator("del").evaluate("mark => getComputedStyle(mark).textDecorationLine")
    look(approver, shots, "approving-review")


def test_several_are_approved_by_keyboard_only_after_each_was_opened(
    sign_in: SignIn, posts: dict[str, int], shots: Path
) -> None:
    approver = sign_in("approver")
    approver.goto("/admin/social/approvals/")
    for text in ("The first of several.", "The second of several."):
        approver.get_by_role("checkbox", name=text).press("Space")
    row = approver.locator("li", has_text="The first of several.")
    row.get_by_role("link", name="Open").press("Enter")
    expect(approver.get_by_role("heading", name="Exactly what leaves")).to_be_visible()
    approver.goto("/admin/social/approvals/")
    expect(row.get_by_text("Opened", exact=True)).to_be_visible()
    look(approver, shots, "approving-several")
    for text in ("The first of several.", "The second of several."):
        approver.get_by_role("checkbox", name=text).press("Space")
    approver.get_by_role("button", name="Approve what is ticked").press("Enter")
    expect(approver.get_by_text("Approved: “The first of several.”.")).to_be_visible()
    expect(
        approver.get_by_text("“The second of several.” is not approved. You have not opened it yet.")
    ).to_be_visible()


def test_two_of_three_have_to_say_yes(sign_in: SignIn, posts: dict[str, int]) -> None:
    editor, approver, administrator = (sign_in(role) for role in ("editor", "approver", "administrator"))
    review(approver, posts["two"])
    expect(approver.get_by_text("0 of 2 approved.")).to_be_visible()
    approver.get_by_role("button", name="Approve", exact=True).click()
    expect(approver.get_by_text("Approved, the first of two.")).to_be_visible()
    editor.goto(f"/admin/snippets/social_publisher/post/edit/{posts['two']}/")
    expect(editor.get_by_text("1 of 2 approved").first).to_be_visible()
    review(administrator, posts["two"])
    expect(administrator.get_by_text("1 of 2 approved.")).to_be_visible()
    administrator.get_by_role("button", name="Approve", exact=True).click()
    expect(administrator.get_by_text("Approved. It leaves at its time.")).to_be_visible()


def send_at_once(page: Page, pk: int, shots: Path | None = None) -> None:
    review(page, pk)
    page.get_by_role("link", name="It cannot wait: send at once").press("Enter")
    page.get_by_label("Why it cannot wait for a second person").fill("A poisoned batch is on sale today.")
    page.get_by_label("Type fait-awareness to confirm").fill("yes")
    page.get_by_role("button", name="Send at once").press("Enter")
    expect(page.get_by_text("Type fait-awareness, exactly so.")).to_be_visible()
    if shots:
        look(page, shots, "approving-break-glass")
    page.get_by_label("Type fait-awareness to confirm").fill("fait-awareness")
    page.get_by_role("button", name="Send at once").press("Enter")
    expect(page.get_by_text("seconds left to undo it").first).to_be_visible()


def test_an_alert_is_undone_or_stays_red_until_a_second_person_signs_it_off(
    sign_in: SignIn, posts: dict[str, int], shots: Path
) -> None:
    approver, administrator = sign_in("approver"), sign_in("administrator")
    send_at_once(approver, posts["undo"], shots)
    approver.get_by_role("button", name="Undo: do not send it").press("Enter")
    expect(approver.get_by_text("Undone. Nothing of it left.")).to_be_visible()

    send_at_once(approver, posts["sign"])
    look(approver, shots, "approving-countdown")
    expect(approver.get_by_text("You sent it, wrote it or edited it last.")).to_be_visible()
    administrator.goto("/admin/social/approvals/")
    red = administrator.get_by_role("listitem").filter(has_text="An alert that is signed off.")
    expect(red.get_by_text("Not signed off")).to_be_visible()
    red.get_by_role("link").click()
    expect(administrator.locator(".desk-parcel__text").first).to_contain_text("An alert that is signed off.")
    administrator.get_by_role("button", name="Sign off: it was right").press("Enter")
    expect(administrator.get_by_text("Signed off by")).to_be_visible()
    administrator.goto("/admin/social/approvals/")
    expect(administrator.get_by_text("Not signed off")).to_have_count(0)
