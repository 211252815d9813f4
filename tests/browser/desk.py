"""The desk as a person uses it: what the browser tests do again and again."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.support.product import Product

ZONE = ZoneInfo("Europe/Bucharest")
CAMPAIGN = "FAIT awareness campaign against smuggling"
# The campaign's page, which says who pays for it.
PAGE = "Smuggling takes from all of us"
# A post of the demo editor, submitted, and approved if wanted.
POST = """
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.db import transaction
from content.records import Campaign
from social_publisher.approval import service
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.models import Channel
from social_publisher.starter.posts import FUNDING
from tests.factories import approve, make_post
people = get_user_model().objects
with transaction.atomic():
    post = make_post([Channel.objects.get(name={channel!r})], author=people.get(username="editor"),
                     campaign=Campaign.objects.get(pk=1), text={text!r} + FUNDING,
                     due_at=ledger_now() + timedelta(seconds={seconds}))
    if {approved}:
        approve(post, people.get(username="approver"))
    else:
        service.submit(post, post.author)
print(post.pk)
"""
# A post of the demo accounts that was sent, and nobody can tell whether it arrived.
QUESTION = """
from datetime import timedelta
from uuid import uuid4
from django.contrib.auth import get_user_model
from django.db import transaction
from content.records import Campaign
from social_publisher.delivery.arm import arm
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.models import Channel, Delivery, RateBudget
from social_publisher.models.ledger import Event
from social_publisher.starter.posts import FUNDING
from tests.factories import approve, make_post
people = get_user_model().objects
with transaction.atomic():
    channel = Channel.objects.get(name="Rehearsal: Mastodon")
    post = make_post([channel], author=people.get(username="editor"), campaign=Campaign.objects.get(pk=1),
                     text={text!r} + FUNDING, due_at=ledger_now() + timedelta(milliseconds=200))
    approve(post, people.get(username="approver"))
    row = Delivery.objects.get(post=post)
    owner = uuid4()
    Delivery.objects.filter(pk=row.pk).update(next_at=ledger_now())
    RateBudget.objects.all().delete()
    arm([row.pk], owner, ledger_now() + timedelta(seconds=1))
    row.attempts.update(outcome="unknown", settled_at=ledger_now(), words="The answer did not come in time.")
    Delivery.objects.move(Event.LOST, [row.pk], at=ledger_now(), owner=owner)
    Delivery.objects.move(Event.CANNOT_TELL, [row.pk], at=ledger_now(), reason="This network cannot be read back.")
print(row.pk)
"""


LEDGER = """
import json
from social_publisher.models import Delivery
rows = Delivery.objects.filter(channel__name={channel!r}).prefetch_related("attempts")
print(json.dumps([[str(row), row.state, row.reason, str(row.next_at), [[one.outcome, one.words]
                   for one in row.attempts.all()]] for row in rows]))
"""


def ledger(product: Product, channel: str) -> str:
    """What the ledger says of a channel's deliveries, and what the product said last: for a test that fails."""
    return f"{product.ask(LEDGER.format(channel=channel))}\n{product.output[-4000:]}"


def in_seconds(seconds: int) -> datetime:
    """A moment soon, in the zone of the desk, at a whole second."""
    return (datetime.now(ZONE) + timedelta(seconds=seconds)).replace(microsecond=0)


def write_post(page: Page, text: str, channels: list[str], seconds: int, picture_alt: str = "") -> datetime:
    """From the campaign's results to a post that is submitted for approval; return when it leaves."""
    page.goto("/admin/social/results/")
    page.get_by_role("link", name=CAMPAIGN).click()
    page.get_by_role("link", name="Write a post").click()
    expect(page.locator("#id_campaign")).not_to_have_value("")
    page.locator("#id_text").fill(text)
    choose_page(page, PAGE)
    if picture_alt:
        _choose_picture(page, picture_alt)
    choose_channels(page, channels)
    due_at = in_seconds(seconds)
    set_time(page, due_at)
    submit(page)
    return due_at


def choose_page(page: Page, title: str) -> None:
    """In the composer: link to the page with this title."""
    page.get_by_role("button", name="Choose a page").click()
    page.locator(".modal-content input[name='q']").fill(title)
    page.locator(".modal-content a.choose-page", has_text=title).first.click()
    expect(page.locator("#id_link_page-chooser, [id^='id_link_page']").first).to_be_attached()
    expect(page.get_by_text(title).first).to_be_visible()


def choose_channels(page: Page, channels: list[str]) -> None:
    """In the composer: tick these channels and no others."""
    for box in page.locator("input[data-desk-channels-target='box']").all():
        box.set_checked(box.get_attribute("data-name") in channels)


def set_time(page: Page, at: datetime) -> None:
    """In the composer: type when it leaves, and close the calendar that opens beside it."""
    page.locator("#id_due_at").fill(at.strftime("%Y-%m-%d %H:%M:%S"))
    page.keyboard.press("Tab")
    page.locator("#id_text").click()


def made_post(product: Product, text: str, channel: str, seconds: float, *, approved: bool) -> int:
    """Leave a post of the demo editor that is due in some seconds, submitted or approved, and return its id."""
    return int(product.ask(POST.format(text=text, channel=channel, seconds=seconds, approved=approved)))


def ask_a_person(product: Product, text: str) -> int:
    """Leave a delivery that needs a person, and return its id."""
    return int(product.ask(QUESTION.format(text=text)))


def submit(page: Page) -> None:
    """The composer's menu: submit."""
    page.locator("footer [data-w-dropdown-target='toggle']").click()
    page.locator("button[name='action-submit']").click()
    page.wait_for_load_state()
    expect(page.get_by_text("submitted for moderation")).to_be_visible()


def open_review(page: Page, text: str) -> None:
    """From the queue to the review screen of a post."""
    page.goto("/admin/social/queue/")
    page.get_by_role("link", name=text[:30]).first.click()
    expect(page.get_by_role("heading", name="Exactly what leaves")).to_be_visible()


def approve(page: Page, text: str) -> None:
    """Look, and approve."""
    open_review(page, text)
    expect(page.locator(".desk-parcel__text").first).to_contain_text(text[:30])
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("Approved. It leaves at its time.")).to_be_visible()


def _choose_picture(page: Page, alt_text: str) -> None:
    page.get_by_role("button", name="Add picture").click()
    page.get_by_role("button", name="Choose an image").click()
    page.locator(".modal-content .image-choice, .modal-content a[data-chooser-modal-choice]").first.click()
    page.locator("#id_images-0-alt_text").fill(alt_text)
