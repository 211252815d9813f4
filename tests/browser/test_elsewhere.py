"""A post that did not leave from here is seen; one person says what it was, or stops the channel."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import SignIn
from tests.browser.look import look
from tests.support.product import Product

SEEN = """
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.models import Channel, ForeignPost
for number, name in enumerate(("Rehearsal: Mastodon", "Rehearsal: X")):
    channel, now = Channel.objects.get(name=name), ledger_now()
    ForeignPost.objects.create(channel=channel, remote_id=f"elsewhere-{number}", words=f"Win a telephone {number}!",
                               url="https://example.org/post", posted_at=now, seen_at=now)
print(ForeignPost.objects.count())
"""
RESUME = "from social_publisher.models import Pause; print(Pause.objects.all().delete()[0])"


def test_one_is_explained_and_for_the_other_the_channel_is_paused(
    product: Product, sign_in: SignIn, shots: Path
) -> None:
    product.ask(SEEN)
    approver = sign_in("approver")
    approver.goto("/admin/social/elsewhere/")
    look(approver, shots, "elsewhere")
    ours = approver.locator(".foreign-post", has_text="Win a telephone 0!")
    ours.get_by_label("Note").fill("Posted by telephone at the fair.")
    ours.get_by_role("button", name="It was us, by hand").press("Enter")
    expect(approver.get_by_text("Recorded: it was us, by hand.")).to_be_visible()
    expect(ours.get_by_text("Posted by telephone at the fair.")).to_be_visible()
    theirs = approver.locator(".foreign-post", has_text="Win a telephone 1!")
    theirs.get_by_role("button", name="Pause Rehearsal: X").press("Enter")
    expect(approver.get_by_text("Rehearsal: X is paused. Nothing of it leaves until you resume it.")).to_be_visible()
    expect(theirs.get_by_text("Paused", exact=True)).to_be_visible()
    product.ask(RESUME)
