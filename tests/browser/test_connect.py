"""An account is connected as a person does it, on a wide and a narrow screen, and a post leaves through it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import desk
from tests.browser.conftest import SignIn
from tests.browser.look import look
from tests.fakes import x as fake_x
from tests.fakes.remote import Fakes
from tests.support.product import Product

HANDLE = "selec"


def channel_of(page: Page, name: str) -> None:
    page.goto("/admin/snippets/social_publisher/channel/")
    page.get_by_role("link", name=name).first.click()


def test_an_account_on_mastodon_is_connected_by_keyboard(sign_in: SignIn, fakes: Fakes, shots: Path) -> None:
    page, name = sign_in("administrator", 320), "Mastodon live"
    server = fakes.bases["mastodon"]
    fakes.control("mastodon", person=HANDLE)
    page.goto("/admin/snippets/social_publisher/channel/")
    page.get_by_role("link", name="Connect an account").press("Enter")
    look(page, shots, "connect-networks")
    page.get_by_role("link", name="Connect an account on Mastodon").press("Enter")
    page.get_by_label("Server").fill("no server at all")
    page.get_by_role("button", name="Continue").press("Enter")
    expect(page.get_by_text("This is no server's address.")).to_be_visible()
    expect(page.get_by_label("Server")).to_have_value("no server at all")
    look(page, shots, "connect-begin")
    page.get_by_label("Server").fill(server)
    page.get_by_role("button", name="Continue").press("Enter")
    look(page, shots, "connect-continue")
    page.get_by_role("link", name="Continue to Mastodon").press("Enter")
    expect(page.get_by_role("radio")).to_be_checked()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Type the account's handle").fill("somebody-else")
    page.get_by_role("button", name="Make it a channel").press("Enter")
    expect(page.get_by_text("This is not the chosen account's handle.")).to_be_visible()
    look(page, shots, "connect-confirm")
    handle = f"{HANDLE}@{server.removeprefix('http://')}"
    page.get_by_label("Type the account's handle").fill(handle)
    page.get_by_role("button", name="Make it a channel").press("Enter")
    expect(page.get_by_text(f"{name} is connected.")).to_be_visible()
    page.get_by_role("button", name="Test the connection").press("Enter")
    expect(page.get_by_text("The connection works")).to_be_visible()
    look(page, shots, "connect-manage")
    channel_of(page, name)
    expect(page.get_by_text(f"@{handle}").first).to_be_visible()
    look(page, shots, "connect-channel")


def test_the_keys_of_an_app_are_entered_once_and_a_post_leaves_through_it_with_its_price(
    sign_in: SignIn, fakes: Fakes, shots: Path, product: Product
) -> None:
    administrator, editor, approver = (sign_in(role) for role in ("administrator", "editor", "approver"))
    administrator.goto("/admin/social/connect/")
    administrator.get_by_role("link", name="App keys of X").click()
    expect(administrator.get_by_text("/admin/social/connect/back/x/")).to_be_visible()
    look(administrator, shots, "connect-app")
    administrator.get_by_label("Client id").fill(fake_x.CLIENT_ID)
    administrator.get_by_label("Client secret").fill(fake_x.SECRET)
    administrator.get_by_role("button", name="Keep the keys").click()
    expect(administrator.get_by_text("The keys are kept.")).to_be_visible()
    kept = sign_in("administrator")
    kept.goto("/admin/social/connect/app/x/")
    expect(kept.get_by_label("Client secret")).to_have_value("")
    administrator.get_by_role("button", name="Continue").click()
    administrator.get_by_role("link", name="Continue to X").click()
    administrator.get_by_label("Name", exact=True).fill("X live")
    administrator.get_by_label("Type the account's handle").fill("@selec")
    administrator.get_by_role("button", name="Make it a channel").click()
    expect(administrator.get_by_text("X live is connected.")).to_be_visible()
    expect(administrator.get_by_text("renewed before")).to_be_visible()

    text = "Ask where it comes from, also on X."
    due_at = desk.write_post(editor, text, ["X live"], 30, picture_alt="A route that breaks off")
    desk.open_review(approver, text)
    expect(approver.get_by_text("US dollars")).to_be_visible()
    approver.screenshot(path=shots / "review-live.png", full_page=True)
    approver.get_by_role("button", name="Approve", exact=True).click()
    expect(approver.get_by_text("Approved. It leaves at its time.")).to_be_visible()
    posts = fakes.posts("x")
    while not posts and (datetime.now(desk.ZONE) - due_at).total_seconds() < 90:
        editor.wait_for_timeout(200)
        posts = fakes.posts("x")
    assert posts, desk.ledger(product, "X live")
    assert [(post["handle"], post["media"][0]["alt"]) for post in posts] == [("selec", "A route that breaks off")]
    assert text in posts[0]["text"]
