"""An approver is told and chooses how; an auditor finds and exports; a webhook is added. On wide and narrow screens."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import SignIn
from tests.browser.look import look
from tests.support.product import Product

TELL = """
from django.contrib.auth import get_user_model
from django.utils import timezone
from social_publisher.models import Alert, Channel, Post
from tests.factories import make_post
author = get_user_model().objects.get(username="editor")
channel = Channel.objects.get(name="Rehearsal: Mastodon")
post = make_post([channel], author=author, text="Ask who paid the price, before you buy.")
Alert.objects.tell("to_approve", timezone.now(), "", post=post)
Alert.objects.tell("missed", timezone.now(), "It could not leave before its latest useful time.", post=post)
Alert.objects.tell("channel_paused", timezone.now(), "The network refuses this account's permission.", channel=channel)
print(post.pk)
"""
AUDITOR = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
user, made = get_user_model().objects.get_or_create(username="examiner")
user.set_password("only-for-this-test")
user.save()
user.groups.set([Group.objects.get(name="Auditors")])
print(user.pk)
"""


def test_an_approver_is_told_reads_and_chooses(product: Product, sign_in: SignIn, shots: Path) -> None:
    product.ask(TELL)
    page = sign_in("approver", 1440)
    for _look in range(60):
        page.goto("/admin/social/notices/")
        if page.get_by_text("The network refuses this account's permission.").count():
            break
        page.wait_for_timeout(250)
    bell = page.get_by_role("link", name="Notices (")
    expect(bell).to_be_visible()
    look(page, shots, "record-notices")
    told = page.locator(".notice--unread", has_text="The network refuses this account's permission.")
    expect(told).to_have_count(1)
    told.get_by_role("button", name=re.compile(r"Mark as read\s*: A channel was paused")).press("Enter")
    expect(page.get_by_text("1 notice marked as read.")).to_be_visible()
    expect(told).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Ask who paid the price")).last.press("Enter")
    page.wait_for_url("**/social/queue/**")
    page.goto("/admin/social/notices/?show=unread")
    page.get_by_role("button", name="Mark all as read").press("Enter")
    expect(page.get_by_text(re.compile("notices? marked as read"))).to_be_visible()
    # What the product tells meanwhile is new, and stays unread.
    missed = page.locator(".notice--unread", has_text="It could not leave before its latest useful time.")
    expect(missed).to_have_count(0)

    page.get_by_role("link", name="Choose what you are told").press("Enter")
    kind = page.get_by_role("group", name="A post was missed", exact=True)
    kind.get_by_label("By e-mail").select_option(label="In the daily summary")
    kind.get_by_label("On the desk").press("Space")
    page.get_by_label("Hour of the daily summary").select_option(label="07:00")
    look(page, shots, "record-choices")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Your account settings have been changed successfully!")).to_be_visible()
    page.goto("/admin/account/")
    page.get_by_role("tab", name="Notifications").press("Enter")
    expect(kind.get_by_label("By e-mail")).to_have_value("digest")
    expect(kind.get_by_label("On the desk")).not_to_be_checked()
    expect(
        page.get_by_role("group", name="A post left without a second person").get_by_label("On the desk")
    ).to_be_disabled()


def test_an_auditor_finds_reads_and_exports(product: Product, browser: Browser, shots: Path) -> None:
    product.ask(AUDITOR)
    context = browser.new_context(base_url=product.base, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("#id_login", "examiner")
    page.fill("#id_password", "not-the-password")
    page.click("main form button[type=submit]")
    page.fill("#id_password", "only-for-this-test")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/admin/")
    page.goto("/admin/social/record/")
    expect(page.get_by_text("Sealed up to")).to_be_visible()
    page.get_by_text("Choose by day, person, kind").press("Enter")
    page.get_by_label("Kind").select_option(label="Sign-ins")
    page.get_by_label("Words").fill("examiner")
    page.get_by_role("button", name="Show", exact=True).press("Enter")
    expect(page.get_by_text("examiner signed in.").first).to_be_visible()
    expect(page.get_by_text("Somebody failed to sign in as “examiner”.").first).to_be_visible()
    page.get_by_text("Details: examiner signed in.").first.press("Enter")
    expect(page.get_by_text("person.signed-in").first).to_be_visible()
    look(page, shots, "record-audit")
    page.get_by_role("button", name="Export these as JSON Lines").press("Enter")
    # Who exports the record shows first that it is really them.
    page.get_by_label("Password").fill("only-for-this-test")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Confirm").press("Enter")
    lines = [json.loads(line) for line in Path(downloading.value.path()).read_text().splitlines()]
    assert {line["action"] for line in lines} == {"person.signed-in", "person.sign-in-failed"}
    page.goto("/admin/social/record/?words=examiner&kind=sign-ins")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Export these as CSV").press("Enter")
    assert downloading.value.suggested_filename.endswith(".csv")
    page.goto("/admin/social/record/")
    expect(page.get_by_text("exported the record as JSON Lines.").first).to_be_visible()
    context.close()


def test_a_webhook_is_added_and_its_secret_shown_once(sign_in: SignIn, shots: Path) -> None:
    page = sign_in("administrator", 1440)
    page.goto("/admin/social/webhooks/")
    page.get_by_role("link", name="Add a webhook").press("Enter")
    page.get_by_label("Name").fill("Situation room")
    page.get_by_label("Address").fill("http://127.0.0.1:9/hook")
    page.get_by_label("A post left without a second person").press("Space")
    look(page, shots, "record-webhook-add")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("It is not shown again.")).to_be_visible()
    expect(page.locator("code", has_text="whsec_")).to_be_visible()
    page.get_by_role("link", name="I have copied it").press("Enter")
    expect(page.locator("code", has_text="whsec_")).to_have_count(0)
    page.get_by_role("button", name="Send a test").press("Enter")
    expect(page.get_by_text("The test was not taken: No answer")).to_be_visible()
    look(page, shots, "record-webhook")
