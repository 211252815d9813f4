"""Staff sign in: with a password and an app, with a passkey; they see where, end it, and are helped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.look import look
from tests.integration.sign_in.conftest import code
from tests.support.product import Product

PASSWORD = "only-for-this-test"
MAKE = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
user, made = get_user_model().objects.get_or_create(username="newcomer")
user.set_password("only-for-this-test")
user.save()
user.groups.set([Group.objects.get(name="Editors of posts")])
print(user.pk)
"""


@pytest.fixture
def page(product: Product, browser: Browser) -> Iterator[Page]:
    """A new colleague's browser, at the name that passkeys want (they know no IP addresses), with a security key."""
    context = browser.new_context(
        base_url=product.base.replace("127.0.0.1", "localhost"), viewport={"width": 1280, "height": 900}
    )
    opened = context.new_page()
    devices = context.new_cdp_session(opened)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    refused: list[str] = []
    opened.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    context.close()
    assert not refused


def give_password(page: Page, password: str = PASSWORD) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("newcomer")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).press("Enter")


def confirm(page: Page) -> None:
    """Show once more that it is really them, if it is asked."""
    if "/confirm/" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Confirm").press("Enter")


def test_a_password_then_an_app_then_a_passkey(product: Product, page: Page, shots: Path) -> None:
    person = product.ask(MAKE)
    page.goto("/admin/login/")
    look(page, shots, "sign-in")
    give_password(page, "not-the-password")
    expect(page.get_by_role("alert")).to_be_visible()
    look(page, shots, "sign-in-wrong")
    give_password(page)
    page.wait_for_url("**/admin/")

    page.goto("/admin/sign-in/factors/")
    look(page, shots, "sign-in-factors")
    page.get_by_role("link", name="Activate").press("Enter")
    confirm(page)
    secret = page.locator("#authenticator_secret").input_value()
    look(page, shots, "sign-in-app")
    page.get_by_label("Authenticator code").fill(code(secret))
    page.get_by_role("button", name="Activate").press("Enter")
    activated = page.get_by_text("Authenticator app activated.")
    expect(activated.or_(page.get_by_text("Incorrect code."))).to_be_visible()
    if not activated.is_visible():
        # Its half minute was over meanwhile, as happens to people: the next one is typed.
        page.get_by_label("Authenticator code").fill(code(secret))
        page.get_by_role("button", name="Activate").press("Enter")
    expect(activated).to_be_visible()
    look(page, shots, "sign-in-recovery-codes")

    page.goto("/admin/sign-in/factors/webauthn/add/")
    page.get_by_label("Passwordless").check()
    look(page, shots, "sign-in-passkey")
    page.get_by_role("button", name="Add").press("Enter")
    expect(page.get_by_text("Security key added.")).to_be_visible()

    page.context.clear_cookies()
    give_password(page)
    page.wait_for_url("**/factors/authenticate/**")
    look(page, shots, "sign-in-code")
    page.get_by_role("button", name="Use a security key").press("Enter")
    page.wait_for_url("**/admin/")

    page.context.clear_cookies()
    page.goto("/admin/login/")
    page.get_by_role("button", name="Sign in with a passkey").press("Enter")
    page.wait_for_url("**/admin/")

    page.goto("/admin/sign-in/sessions/")
    look(page, shots, "sign-in-sessions")
    page.get_by_role("button", name="End all others").press("Enter")
    expect(page.get_by_role("heading", name="Confirm Access")).to_be_visible()
    look(page, shots, "sign-in-confirm")
    page.get_by_role("link", name="Use a security key").press("Enter")
    page.get_by_role("button", name="Use a security key").press("Enter")
    expect(page.get_by_text("All other sessions are ended.")).to_be_visible()
    assert product.ask(f"""
import json
from allauth.mfa.models import Authenticator
print(json.dumps(sorted(Authenticator.objects.filter(user_id={person}).values_list("type", flat=True))))
""") == ["recovery_codes", "totp", "webauthn"]


def test_an_administrator_invites_and_helps(product: Product, sign_in: SignIn, shots: Path) -> None:
    person = product.ask(MAKE)
    page = sign_in("administrator")
    page.goto("/admin/people/invite/")
    look(page, shots, "invite")
    page.get_by_role("button", name="Make the account").press("Enter")
    expect(page.get_by_role("alert").first).to_be_visible()
    look(page, shots, "invite-wrong")
    page.get_by_label("Username").fill("invited")
    page.get_by_label("Email address").fill("invited@example.org")
    page.get_by_label("Approvers").check()
    page.get_by_role("button", name="Make the account").press("Enter")
    expect(page.get_by_text("The invitation is on its way to invited@example.org.")).to_be_visible()
    page.goto(f"/admin/people/{person}/sign-in/")
    look(page, shots, "person-sign-in")
    page.get_by_role("button", name="Let them try again at once").press("Enter")
    expect(page.get_by_text("newcomer may try again at once.")).to_be_visible()
