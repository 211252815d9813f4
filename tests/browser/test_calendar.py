"""The calendar as people use it: by pointer, by keyboard, wide and narrow."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as NotInTimeError

from tests.browser.conftest import SignIn
from tests.browser.desk import ZONE
from tests.browser.look import look, violations
from tests.support.product import Product

INDEX = "/admin/social/calendar/"
# Three posts on one day of next month: to drag, to move by keyboard, and approved.
POSTS = """
import json
from datetime import datetime, time, timedelta
from django.contrib.auth import get_user_model
from django.utils import timezone
from content.pages import CampaignPage
from social_publisher.models import Blackout, Channel, Post, Slot
from tests.factories import approve, make_post
people = get_user_model().objects
channel, page = Channel.objects.get(name="Rehearsal: Mastodon"), CampaignPage.objects.get(campaign=1)
day = datetime.fromisoformat({day!r})
made = {{}}
for hour, text in ((9, "To be dragged."), (12, "To be moved by keyboard."), (15, "Approved already.")):
    post = make_post([channel], author=people.get(username="editor"), campaign=page.campaign, text=text,
                     link_page=page.page_ptr, link_url="", due_at=day.replace(hour=hour))
    made[text] = post.pk
    if hour == 15:
        approve(post, people.get(username="approver"))
Blackout.objects.create(name="Parliament", kind="election", starts_at=day + timedelta(days=2),
                        ends_at=day + timedelta(days=3))
Slot.objects.get_or_create(channel=channel, weekday=day.weekday(), time=time(18))
print(json.dumps(made))
"""
STATE = """
import json
from social_publisher.models import Approval, Delivery
print(json.dumps([Approval.objects.get(post={pk}).voided_at is None,
                  list(Delivery.objects.filter(post={pk}).values_list("state", flat=True))]))
"""


@pytest.fixture(scope="module")
def day() -> datetime:
    """A Wednesday in the middle of next month, at midnight where the desk is."""
    middle = (datetime.now(ZONE).replace(day=1) + timedelta(days=45)).replace(day=15, hour=0, minute=0, second=0)
    return (middle + timedelta(days=(2 - middle.weekday()) % 7)).replace(microsecond=0)


@pytest.fixture(scope="module")
def posts(product: Product, day: datetime) -> dict[str, int]:
    """The posts' ids by text."""
    return dict(product.ask(POSTS.format(day=day.isoformat())))


def month(page: Page, day: datetime, view: str = "month") -> None:
    page.goto(f"{INDEX}?view={view}&date={day:%Y-%m-%d}")


ANSWERED = "dialog[open], .cal-said:not(:empty)"


def drag(page: Page, pk: int, start: datetime, end: datetime) -> None:
    """From one day to another, on a screen tall enough to show both."""
    page.set_viewport_size({"width": 1440, "height": 1800})
    target = page.locator(f"td[data-date='{end:%Y-%m-%d}']")
    for _try in range(3):
        entry(page, pk, start).drag_to(target, source_position={"x": 60, "y": 8}, target_position={"x": 60, "y": 60})
        # A browser that is busy may miss the beginning of a movement.
        with suppress(NotInTimeError):
            page.locator(ANSWERED).first.wait_for(state="attached", timeout=8_000)
            return


def entry(page: Page, pk: int, on: datetime) -> Any:
    return page.locator(f"[data-date='{on:%Y-%m-%d}'] #cal-post-{pk}")


def test_every_view_is_accessible_and_as_wide_as_the_screen(
    sign_in: SignIn, shots: Path, posts: dict[str, int], day: datetime
) -> None:
    page = sign_in("editor")
    for view in ("month", "week", "list"):
        month(page, day, view)
        expect(page.get_by_text("To be dragged.").first).to_be_visible()
        look(page, shots, f"calendar-{view}")
    page.get_by_role("button", name="Move To be dragged.").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look(page, shots, "calendar-move")
    page.goto(f"{INDEX}feed/")
    page.get_by_role("button", name="Make").first.click()
    expect(page.get_by_role("textbox", name="Address")).to_have_value(re.compile(r"/calendar/[\w-]{43}\.ics$"))
    look(page, shots, "calendar-feed")


def test_a_post_is_dragged_to_another_day_and_back(sign_in: SignIn, posts: dict[str, int], day: datetime) -> None:
    page, pk, other = sign_in("editor", 1440), posts["To be dragged."], day + timedelta(days=1)
    month(page, day)
    drag(page, pk, day, other)
    expect(entry(page, pk, other).get_by_text("09:00")).to_be_visible()
    expect(page.locator(".cal-said")).to_contain_text("now leaves on")
    expect(entry(page, pk, other).locator(".cal-entry__text")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(entry(page, pk, day).get_by_text("09:00")).to_be_visible()


def test_a_post_is_moved_by_keyboard_alone(sign_in: SignIn, posts: dict[str, int], day: datetime) -> None:
    page, pk, other = sign_in("editor", 1440), posts["To be moved by keyboard."], day + timedelta(days=5)
    month(page, day)
    entry(page, pk, day).locator(".cal-entry__text").focus()
    page.keyboard.press("m")
    expect(page.get_by_role("dialog").get_by_label("Day")).to_be_focused()
    page.get_by_role("dialog").get_by_label("Day").fill(f"{other:%Y-%m-%d}")
    page.keyboard.press("Enter")
    expect(entry(page, pk, other).get_by_text("12:00")).to_be_visible()
    expect(entry(page, pk, other).locator(".cal-entry__text")).to_be_focused()
    page.keyboard.press("m")
    expect(page.get_by_role("dialog").get_by_label("Day")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_an_approved_post_asks_first_and_then_does_not_leave(
    product: Product, sign_in: SignIn, shots: Path, posts: dict[str, int], day: datetime
) -> None:
    page, pk, other = sign_in("editor", 1440), posts["Approved already."], day + timedelta(days=6)
    month(page, day)
    drag(page, pk, day, other)
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("needs approval again")
    page.screenshot(path=shots / "calendar-asks.png")
    assert violations(page) == []
    assert product.ask(STATE.format(pk=pk)) == [True, ["waiting"]]
    page.get_by_role("button", name="Move it all the same").click()
    expect(page.locator(".cal-said")).to_contain_text("It needs approval again")
    expect(entry(page, pk, other).get_by_text("Stopped")).to_be_visible()
    assert product.ask(STATE.format(pk=pk)) == [False, ["cancelled"]]


def test_filters_narrow_what_is_shown_and_stand_in_the_address(
    sign_in: SignIn, posts: dict[str, int], day: datetime
) -> None:
    page = sign_in("editor")
    month(page, day, "list")
    page.get_by_text("Filters, and another day").press("Enter")
    page.get_by_label("Language").select_option(label="Romanian")
    page.get_by_role("button", name="Show", exact=True).press("Enter")
    expect(page.get_by_text("To be dragged.")).to_have_count(0)
    assert "language=ro" in page.url
    page.get_by_label("Language").select_option(label="English")
    page.get_by_role("button", name="Show", exact=True).press("Enter")
    expect(page.get_by_text("To be dragged.").first).to_be_visible()
    page.get_by_role("link", name="Clear filters").click()
    page.wait_for_url(lambda address: "language" not in address)
