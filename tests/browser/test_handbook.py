"""The handbook's screens: each shows what the handbook says, and becomes its picture.

`make screenshots` runs it and writes the pictures into docs/images/handbook/. It is no part of `make test`, which has
no minutes to spare: there the handbook's words are held against the screens' own (tests/unit/site/test_docs.py).
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import desk, look
from tests.browser.conftest import SignIn
from tests.support.product import ROOT, Product

pytestmark = pytest.mark.skipif("WRITE_HANDBOOK" not in os.environ, reason="`make screenshots` runs it")
PICTURES = ROOT / "docs" / "images" / "handbook"
WIDTH, HEIGHT = 1280, 800
# What a reader on a slow line waits for one picture, in bytes.
HEAVIEST = 150_000
ROMANIAN = "Rehearsal in Romanian"
POSTS = "/admin/snippets/social_publisher/post/"
# A day of the desk: a channel in another language, weekly times, a day of silence, and posts of every kind.
SCENE = """
import json
from datetime import datetime, time, timedelta
from django.contrib.auth import get_user_model
from django.utils import timezone
from content.pages import CampaignPage, NewsIndexPage, NewsPage
from social_publisher.approval import service
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.models import Blackout, Channel, Post, PostImage, Slot
from tests.factories import approve, make_correction, make_post
people = get_user_model().objects
editor, approver = people.get(username="editor"), people.get(username="approver")
page = CampaignPage.objects.get(campaign=1)
campaign = page.campaign
romanian = Channel.objects.create(name={romanian!r}, rehearses="facebook", handle="selec_repetitie", language="ro",
                                  min_interval=0)
romanian.campaigns.add(campaign)
names = ("X", "Mastodon", "Bluesky", "Facebook")
channels = {{name: Channel.objects.get(name=f"Rehearsal: {{name}}") for name in names}}
first = datetime.fromisoformat({first!r})
made = {{}}
def post(key, text, names, due_at, *, state="approved", picture=False):
    row = make_post([romanian if name == "Romanian" else channels[name] for name in names], author=editor,
                    campaign=campaign, text=text, link_page=page.page_ptr, link_url="", due_at=due_at,
                    language="ro" if names == ["Romanian"] else "en")
    if picture:
        row.images = [PostImage(image=page.image, alt_text="A route that breaks off before it arrives")]
        row.save()
        row.save_revision(user=editor)
        row = Post.objects.get(pk=row.pk)
    made[key] = row.pk
    if state == "approved":
        approve(row, approver)
    elif state == "submitted":
        service.submit(row, editor)
    return row
def on(day, hour, minute=0):
    return first + timedelta(days=day, hours=hour, minutes=minute)
now = ledger_now()
post("out", "A bargain has a long way behind it. Ask who earns on that way. #StopSmuggling",
     ["X", "Mastodon", "Facebook"], now + timedelta(seconds=1))
post("planned", "Every tax that is not paid is missing somewhere. Smuggling takes from all of us. #StopSmuggling",
     ["Mastodon", "Bluesky"], on(0, 9, 30))
post("draft", "What would you ask before you buy? #StopSmuggling", ["X", "Bluesky"], on(2, 12), state="draft")
post("waits", "Nobody sells below the price for nothing. Somebody else pays it. #StopSmuggling",
     ["X", "Mastodon", "Bluesky"], on(3, 17), state="submitted", picture=True)
post("week", "Three questions before a purchase: from where, from whom, why so cheap? #StopSmuggling",
     ["Facebook", "X"], on(7, 9, 30))
post("more", "Crime counts on our silence. Say what you know. #StopSmuggling", ["Facebook"], on(9, 17))
post("held", "Cine câștigă când nimeni nu întreabă? #StopSmuggling", ["Romanian"], on(4, 10))
post("later", "Customs officers stop what they find. Buyers stop the rest. #StopSmuggling", ["X", "Facebook"],
     on(11, 9, 30), state="submitted")
changed = post("changed", "A route ends where nobody buys. #StopSmuggling", ["Mastodon"], on(8, 11))
for weekday in range(5):
    for hour, minute in ((9, 30), (17, 0)):
        Slot.objects.create(channel=channels["Facebook"], weekday=weekday, time=time(hour, minute))
Blackout.objects.create(name="Day of the vote", kind="election", starts_at=on(13, 0), ends_at=on(14, 0))
make_correction(campaign, author=editor, approver=approver, name="Wrong link",
                text="The link in our last post was wrong. The right one stands on our campaign's page.")
draft = NewsIndexPage.objects.get().add_child(instance=NewsPage(
    title="Ask before you buy: three questions", slug="three-questions", live=False, project=campaign.project,
    image=page.image, image_alt="A route that breaks off before it arrives",
    summary="From where, from whom, why so cheap? Three questions that anybody can ask."))
draft.go_live_at = on(15, 9, 30)
draft.save_revision(user=editor)
made["page"] = draft.pk
made["campaign_page"] = page.pk
print(json.dumps(made))
"""
# A week in which readers followed the links, more of them each day, and some liked what they read.
READERS = """
from datetime import timedelta
from django.utils import timezone
from content.pages import CampaignPage
from social_publisher.engagement.rollup import roll_up
from social_publisher.models import (
    ClickHour, Delivery, DownloadHour, EngagementSnapshot, PageReadHour, RehearsalLike, RehearsalPost)
now = timezone.now().replace(minute=0, second=0, microsecond=0)
rows = list(Delivery.objects.filter(post={pk}, state="published").order_by("pk"))
EngagementSnapshot.objects.filter(delivery__in=rows).delete()
for number, row in enumerate(rows):
    grown = [(number + day) % 3 for day in range(8)]
    wall = RehearsalPost.objects.get(public_id=row.remote_id)
    RehearsalLike.objects.bulk_create(RehearsalLike(post=wall) for _one in range(sum(grown)))
    for day in range(8):
        at = now - timedelta(days=8 - day, hours=number * 4 % 9)
        ClickHour.objects.create(short_link=row.short_link, hour=at, language="en", count=4 + day * 3 + number * 5 % 7)
        EngagementSnapshot.objects.create(delivery=row, taken_at=at, likes=sum(grown[: day + 1]))
page = CampaignPage.objects.get(campaign=1)
for day in range(8):
    at = now - timedelta(days=8 - day)
    PageReadHour.objects.get_or_create(campaign=page.campaign, page=page.page_ptr, hour=at, language="en", network="",
                                       defaults={{"count": 11 + day * 4}})
    DownloadHour.objects.get_or_create(campaign=page.campaign, hour=at, defaults={{"count": day % 3}})
roll_up([row.pk for row in rows], now - timedelta(days=10))
print(len(rows))
"""
# Whether every like on the wall was read back since, and none is counted as taken back.
READ_BACK = """
import json
from social_publisher.models import CampaignRollup, Delivery, RehearsalPost
rows = list(Delivery.objects.filter(post={pk}, state="published"))
print(json.dumps(not CampaignRollup.objects.filter(likes__lt=0).exists() and all(
    row.snapshots.last().likes == RehearsalPost.objects.get(public_id=row.remote_id).likes.count() for row in rows)))
"""
# The other tests' campaign has the channels and times it had.
CLEARED = """
from social_publisher.models import Blackout, Channel, Slot
Channel.objects.get(name={romanian!r}).campaigns.clear()
Blackout.objects.filter(name="Day of the vote").delete()
print(Slot.objects.filter(channel__name="Rehearsal: Facebook").delete()[0])
"""
OUT = """
from social_publisher.models import Delivery
print(Delivery.objects.filter(post={pk}, state="published").count())
"""


@pytest.fixture(scope="module")
def monday() -> datetime:
    """The first Monday of the month after next, at midnight where the desk is."""
    first = (datetime.now(desk.ZONE).replace(day=1) + timedelta(days=63)).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    return first + timedelta(days=-first.weekday() % 7)


@pytest.fixture(scope="module")
def scene(product: Product, monday: datetime) -> Iterator[dict[str, int]]:
    """The ids of the posts and pages that the pictures show."""
    made = dict(product.ask(SCENE.format(first=monday.isoformat(), romanian=ROMANIAN)))
    desk.ask_a_person(product, "Who profits from a price that nobody can explain?")
    yield made
    product.ask(CLEARED.format(romanian=ROMANIAN))


Keep = Callable[[Page, str], None]


@pytest.fixture
def keep(shots: Path) -> Keep:
    """Keeps what a page shows as a picture of the handbook."""
    folder = PICTURES if os.environ.get("WRITE_HANDBOOK") == "1" else shots
    folder.mkdir(parents=True, exist_ok=True)

    def write(page: Page, name: str) -> None:
        page.evaluate(look.SETTLE)
        seen = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
        assert seen.size == (WIDTH, HEIGHT)
        file = folder / f"handbook-{name}.png"
        # 256 colours: a quarter of the bytes, and nobody sees the difference on a screen of forms.
        seen.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(file, optimize=True)
        assert file.stat().st_size < HEAVIEST, f"{file.name} has {file.stat().st_size:,} bytes"

    return write


@pytest.fixture
def open_as(sign_in: SignIn) -> Callable[[str, str], Page]:
    """Open an address as a role, on a screen of the handbook's size."""

    def opened(role: str, address: str) -> Page:
        page = sign_in(role, WIDTH)
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.goto(address)
        return page

    return opened


Open = Callable[[str, str], Page]


def under_the_header(page: Page, selector: str, above: int = 0) -> None:
    """Scroll so that something stands right below the bar on top, with some pixels above it."""
    page.locator(selector).first.evaluate(
        """(node, above) => {
            const bar = document.querySelector('.w-slim-header, header')?.getBoundingClientRect().height ?? 0;
            node.style.scrollMarginTop = `${bar + above}px`;
            node.scrollIntoView({block: 'start', behavior: 'instant'});
        }""",
        above,
    )


def said(page: Page, *words: str) -> None:
    """Everything the handbook names is on the screen."""
    for text in words:
        expect(page.get_by_text(text, exact=False).first).to_be_attached()


def test_signing_in(product: Product, browser: Browser, keep: Keep) -> None:
    context = browser.new_context(base_url=product.base, viewport={"width": WIDTH, "height": HEIGHT})
    page = context.new_page()
    page.goto("/admin/login/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_label("Username")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()
    expect(page.get_by_role("link", name="Forgotten your password?")).to_be_visible()
    keep(page, "sign-in")
    context.close()


def test_the_home_screen_says_what_waits_for_you(scene: dict[str, int], open_as: Open, keep: Keep) -> None:
    page = open_as("approver", "/admin/")
    said(page, "Needs a person", "Waiting for your approval", "Leaves next", "How the campaigns do")
    expect(page.get_by_role("link", name="See the queue").first).to_be_visible()
    keep(page, "home")


def test_the_composer_counts_checks_and_previews(
    scene: dict[str, int], monday: datetime, open_as: Open, keep: Keep
) -> None:
    page = open_as("editor", f"{POSTS}add/")
    expect(page.get_by_role("heading", name="Which campaign is it for?")).to_be_visible()
    page.get_by_role("link", name=desk.CAMPAIGN).click()
    said(page, "Its language, channels and rules", "Content warning", "Own text, picture or time", "Next free slot")
    text = "Ask three questions before you buy: from where, from whom, why so cheap? #stopsmuggling"
    page.locator("#id_text").fill(text)
    desk.choose_channels(page, ["Rehearsal: Bluesky", "Rehearsal: Mastodon", "Rehearsal: X"])
    counts = page.get_by_text(re.compile(r"Rehearsal: X: \d{2,} of 280"))
    expect(counts.get_by_text(f"{len(text)} of 280").or_(counts).first).to_be_visible()
    findings = page.locator(".desk-preview-panel .findings").first
    for words in (
        "There is no time to leave.",
        "Readers are not told who pays",
        "A screen reader reads #stopsmuggling",
    ):
        expect(findings).to_contain_text(words)
    under_the_header(page, "h1", 24)
    keep(page, "checks")

    page.locator("#id_text").fill(text.replace("#stopsmuggling", "#StopSmuggling"))
    desk.choose_page(page, desk.PAGE)
    desk.set_time(page, monday + timedelta(days=1, hours=11))
    expect(findings).to_have_count(0)
    said(page, "Leaves:", "Link leads to:", "Card of the link:")
    # It is whole now, and saves itself.
    expect(page).to_have_url(re.compile(r"/post/edit/"))
    expect(page.get_by_text("Saving…").locator("visible=true")).to_have_count(0)
    expect(page.get_by_text("Ask three questions before you buy").nth(1)).to_be_visible()
    under_the_header(page, "h1", 24)
    keep(page, "composer")
    page.locator("summary:visible", has_text="Own text, picture or time").nth(1).click()
    expect(page.get_by_role("button", name="Begin with the shared text").locator("visible=true")).to_be_visible()
    under_the_header(page, "#panel-child-channels-section h2, #panel-channels-section h2", 12)
    keep(page, "channels")


def test_languages_of_posts(scene: dict[str, int], open_as: Open, keep: Keep) -> None:
    page = open_as("editor", f"/admin/social/translations/{scene['planned']}/?language=ro")
    said(page, "A machine's translation will be used", "Everything is copied into a new draft")
    page.get_by_role("button", name="Translate").click()
    expect(page.locator("#id_text")).to_have_value(re.compile(r"^\[en→ro\] "))
    page.locator("#id_text").fill("Contrabanda ne ia tuturor. #StopSmuggling")
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_load_state()
    page.goto("/admin/social/translations/?campaign=1")
    expect(page.get_by_role("columnheader", name="Romanian")).to_be_visible()
    said(page, "Missing", "Translate", "Not on:")
    keep(page, "languages")


def test_the_calendar_of_a_month(scene: dict[str, int], monday: datetime, open_as: Open, keep: Keep) -> None:
    page = open_as("editor", f"/admin/social/calendar/?view=month&date={monday:%Y-%m-%d}")
    for name in ("Month", "Week", "List", "Previous", "Today", "Next"):
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    said(page, "Filters, and another day", "Write a post", "Calendar feed", "Day of the vote", "free posting time")
    under_the_header(page, "#cal-title", 12)
    keep(page, "calendar")


def test_repeating_a_post(scene: dict[str, int], monday: datetime, open_as: Open, keep: Keep) -> None:
    page = open_as("editor", f"{POSTS}edit/{scene['draft']}/")
    page.get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Repeat").click()
    page.locator("#id_ends_on").fill(f"{monday + timedelta(weeks=3):%Y-%m-%d}")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show the dates").click()
    expect(page.get_by_role("heading", name="When it would leave")).to_be_visible()
    page.get_by_role("button", name="Make the series").click()
    expect(page.get_by_role("heading", name="On 3 days")).to_be_visible()
    for name in ("Submit the series for approval", "End the series"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    said(page, "Change the series", "Times are in")
    under_the_header(page, "h2:text('On 3 days')", -20)
    keep(page, "series")
    page.get_by_role("button", name="End the series").click()
    expect(page.get_by_text("The series has ended.")).to_be_visible()


def test_importing_a_table(scene: dict[str, int], monday: datetime, open_as: Open, keep: Keep) -> None:
    page = open_as("editor", "/admin/social/planning/import/")
    said(page, "Upload a table", "Download the template", "Look at the file")
    lines = ["campaign;text;channels;due"]
    texts = (
        "Ask where it comes from before you pay. #StopSmuggling",
        "A low price has a reason. Ask for it. #StopSmuggling",
        "Who earns when nobody asks? #StopSmuggling",
        "Smuggling pays for organised crime. #StopSmuggling",
        "One question can end a route. #StopSmuggling",
    )
    for number, text in enumerate(texts):
        due = monday + timedelta(days=7 * number + 1, hours=10, minutes=30)
        lines.append(f'fait-awareness;"{text}";Rehearsal: X | Rehearsal: Mastodon;{due:%Y-%m-%d %H:%M}')
    file = {"name": "posts.csv", "mimeType": "text/csv", "buffer": "\r\n".join(lines).encode("utf-8-sig")}
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_text("5 drafts would be made.")).to_be_visible()
    expect(page.get_by_role("heading", name="What would be made")).to_be_visible()
    keep(page, "import")


def test_launching_a_page_with_its_post(scene: dict[str, int], open_as: Open, keep: Keep) -> None:
    page = open_as("editor", f"/admin/social/launches/new/{scene['page']}/?campaign=1")
    page.get_by_role("button", name="Begin the launch").click()
    said(page, "Page goes live at", "Set the page's time", "Its posts", "Add a post")
    page.get_by_role("button", name="Submit page and posts").click()
    expect(page.get_by_text("Page and posts are submitted.")).to_be_visible()
    other = open_as("approver", page.url)
    other.get_by_role("link", name="Review page and posts").click()
    shown = other.frame_locator("iframe[title='The page as it will be']")
    expect(shown.get_by_role("heading", name="Ask before you buy: three questions")).to_be_visible()
    for name in ("Approve page and posts", "Ask for changes"):
        expect(other.get_by_role("button", name=name)).to_be_visible()
    other.locator("iframe").evaluate("frame => frame.contentWindow.scrollTo(0, 0)")
    under_the_header(other, ".desk h2", 8)
    keep(other, "launch")


def test_deciding_on_a_post(scene: dict[str, int], open_as: Open, keep: Keep) -> None:
    page = open_as("editor", f"/admin/social/queue/review/{scene['waits']}/")
    said(page, "You cannot decide on this post")
    other = open_as("approver", f"/admin/social/queue/review/{scene['waits']}/")
    said(other, "Checks", "Exactly what leaves", "Fingerprint of all of it", "Who touched it", "Decision")
    under_the_header(other, ".desk h2", 70)
    keep(other, "review")
    for name in ("Approve", "Ask for changes", "Reject"):
        expect(other.get_by_role("button", name=name, exact=True)).to_be_visible()
    under_the_header(other, ".desk section:has(h2:text('Decision'))", 160)
    keep(other, "decision")


def test_the_queue_shows_everything_that_needs_somebody(
    product: Product, scene: dict[str, int], open_as: Open, keep: Keep
) -> None:
    page = open_as("editor", f"{POSTS}edit/{scene['changed']}/")
    page.locator("#id_text").fill("A route ends where nobody buys any more. #StopSmuggling")
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_load_state()
    expect(page.get_by_text("Changed after approval, last saved by").first).to_be_visible()
    other = open_as("approver", "/admin/social/queue/")
    other.get_by_label(f"Reason to pause {ROMANIAN}").fill("The account's password is being changed")
    other.get_by_role("button", name=f"Pause {ROMANIAN}").click()
    expect(other.get_by_role("button", name=f"Resume {ROMANIAN}")).to_be_visible()
    other.goto("/admin/social/queue/")
    for name in ("Waits for approval", "Needs a person", "Leaves next", "Held", "Stopped", "Published last"):
        expect(other.get_by_role("heading", name=name)).to_be_visible()
    keep(other, "queue")
    under_the_header(other, ".desk-queue__section--held h2", -38)
    keep(other, "queue-below")
    other.get_by_role("button", name=f"Resume {ROMANIAN}").click()
    expect(other.get_by_role("button", name=f"Pause {ROMANIAN}")).to_be_visible()


def test_a_post_of_which_nobody_knows(scene: dict[str, int], open_as: Open, keep: Keep) -> None:
    page = open_as("approver", "/admin/social/queue/")
    page.get_by_role("listitem").filter(has_text="Who profits from a price").get_by_role("link", name="Decide").click()
    said(page, "What happened", "Look on the channel", "Look for exactly this text:")
    for name in ("It is there", "It is not there: send again"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_attached()
    keep(page, "decide")


def test_taking_a_post_down(product: Product, scene: dict[str, int], open_as: Open, keep: Keep) -> None:
    page = open_as("approver", "/admin/")
    for _look in range(100):
        if product.ask(OUT.format(pk=scene["out"])) == 3:
            break
        page.wait_for_timeout(200)
    page.goto(f"/admin/social/takedown/new/{scene['out']}/")
    said(page, "What happens", "It is taken back at once.", "None: only take it down", "Wrong link", "Type: take down")
    expect(page.get_by_role("button", name="Take it down")).to_be_visible()
    page.get_by_label("Wrong link").check()
    page.get_by_label("Reason").fill("The link leads to the wrong page.")
    under_the_header(page, ".desk blockquote, .desk", 12)
    keep(page, "takedown")


def test_what_came_back(product: Product, scene: dict[str, int], open_as: Open, keep: Keep) -> None:
    assert product.ask(READERS.format(pk=scene["out"])) == 3
    page = open_as("analyst", "/admin/")
    for _look in range(100):
        if product.ask(READ_BACK.format(pk=scene["out"])):
            break
        page.wait_for_timeout(200)
    page.goto("/admin/social/results/1/?period=28")
    said(page, "What was promised", "Last 24 hours", "Over time", "By weekday and hour", "By channel", "By language")
    said(page, "What people did most with", "Where readers went", "What was read here", "Take it along")
    said(page, "What the numbers mean", "Make the report", "Reactions per 100 impressions", "The days before")
    keep(page, "results")
    under_the_header(page, ".desk section:has(h2:text('Over time')) h2", -20)
    keep(page, "results-over-time")


def test_what_the_desk_tells(scene: dict[str, int], open_as: Open, keep: Keep) -> None:
    page = open_as("editor", "/admin/social/notices/")
    said(page, "Mark all as read", "Choose what you are told", "A post was published")
    keep(page, "notices")
    page.goto("/admin/account/")
    page.get_by_role("tab", name="More actions").click()
    expect(page.get_by_role("link", name="Second factor")).to_be_visible()
    expect(page.get_by_role("link", name="Where you are signed in")).to_be_visible()
    page.get_by_role("tab", name="Notifications").click()
    said(page, "What the desk tells you", "On the desk", "By e-mail", "Hour of the daily summary")


def test_editing_a_page(scene: dict[str, int], open_as: Open, keep: Keep) -> None:
    page = open_as("editor", f"/admin/pages/{scene['campaign_page']}/edit/")
    said(page, "Key messages", "Numbers", "Calls to act", "Downloads and press kit", "Image description")
    page.wait_for_timeout(500)
    keep(page, "page")
    page.locator("footer [data-w-dropdown-target='toggle']").click()
    expect(page.get_by_role("button", name="Submit to Moderators approval")).to_be_visible()
    page.goto("/admin/images/")
    page.get_by_role("link", name="A route that takes").first.click()
    said(page, "Credit", "Licence", "People in it", "Where the agreement is kept", "How it is cut", "Decoration only")
