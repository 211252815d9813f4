"""A channel's own picture, and an older version put back: what was approved is approved no longer."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser import desk
from tests.browser.conftest import SignIn
from tests.browser.look import look
from tests.support.product import Product

REWRITTEN = """
from django.contrib.auth import get_user_model
from django.db import transaction
from social_publisher.approval import service
from social_publisher.models import Post
from social_publisher.starter.posts import FUNDING
from tests.factories import approve
people = get_user_model().objects
for words in ("Ask where it comes from.", "Ask who earns from it."):
    with transaction.atomic():
        post = Post.objects.get(pk={pk})
        post.text = words + FUNDING
        post.save_revision(user=people.get(username="editor"), log_action=True)
        service.note_submission(Post.objects.get(pk={pk}), people.get(username="editor"))
with transaction.atomic():
    post = Post.objects.get(pk={pk})
    approve(post, people.get(username="approver"))
print(post.pk)
"""


def test_a_channel_shows_a_picture_of_its_own(product: Product, sign_in: SignIn, shots: Path) -> None:
    pk = desk.made_post(product, "A chart for one channel.", "Rehearsal: Mastodon", 86_400, approved=True)
    editor = sign_in("editor")
    editor.goto(f"/admin/snippets/social_publisher/post/edit/{pk}/")
    row = editor.locator(".compose-channel", has_text="Rehearsal: Mastodon").filter(visible=True)
    row.get_by_text("Own text, picture or time").click()
    row.get_by_label("Pictures").select_option(label="A picture of its own")
    row.get_by_role("button", name="Choose an image").click()
    editor.locator(".modal-content .image-choice, .modal-content a[data-chooser-modal-choice]").first.click()
    row.get_by_label("Description of its own picture").fill("A lorry that is opened at night.")
    parcel = editor.locator(".desk-parcel", has_text="Rehearsal: Mastodon")
    expect(parcel.get_by_role("img", name="A lorry that is opened at night.")).to_be_visible()
    editor.locator("#id_text").click()
    look(editor, shots, "own-picture")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.get_by_text("It leaves only after a new approval").first).to_be_visible()


def test_an_older_version_put_back_takes_the_approval_away(product: Product, sign_in: SignIn, shots: Path) -> None:
    pk = desk.made_post(product, "Ask where it comes from.", "Rehearsal: Mastodon", 86_400, approved=False)
    product.ask(REWRITTEN.format(pk=pk))
    editor, approver = sign_in("editor"), sign_in("approver")
    editor.goto(f"/admin/snippets/social_publisher/post/history/{pk}/")
    look(editor, shots, "history")
    editor.get_by_role("row").filter(has_text="Edited").last.get_by_role("button").first.click()
    editor.get_by_role("link", name="Review this version").first.click()
    expect(editor.locator("#id_text")).to_contain_text("Ask where it comes from.")
    editor.get_by_role("button", name="Replace current draft").click()
    expect(editor.get_by_text("It leaves only after a new approval").first).to_be_visible()
    approver.goto(f"/admin/social/queue/review/{pk}/")
    expect(approver.get_by_text("New since the last approval")).to_be_visible()
    expect(approver.locator(".desk-change ins").first).to_contain_text("where it comes from")
