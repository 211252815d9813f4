from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.browser import chromium
from tests.fakes.remote import Fakes, running_fakes
from tests.support.product import Product, running_product

# The browser's own loop stays in its worker's thread; Django takes it for a danger to every later test's database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A slow machine is no fault of a page; in milliseconds.
expect.set_options(timeout=30_000)

# The tests' posts need not keep a distance from each other.
NO_SPACING = """
from social_publisher.models import Channel
print(Channel.objects.update(min_interval=0))
"""


@pytest.fixture(autouse=True)
def own_media_folder() -> None:
    """The product under test has its own folder."""


@pytest.fixture(scope="session")
def fakes() -> Iterator[Fakes]:
    """Two networks on this machine, whose pages always say yes."""
    with running_fakes("mastodon", "x") as running:
        yield running


@pytest.fixture(scope="session")
def product(fakes: Fakes) -> Iterator[Product]:
    """The product, started as a newcomer does, for all browser tests."""
    networks = {"NETWORKS_ON_LOOPBACK": "1", "NETWORK_ADDRESSES": json.dumps({"x": fakes.bases["x"]})}
    networks["LOOK_AT_LINKS"] = "0"
    # Whoever signs in shows once that it is them, and is believed for the whole run.
    networks["CONFIRM_AGAIN_SECONDS"] = "36000"
    with running_product(ENGAGEMENT_INTERVAL="1", **networks) as running:
        running.ask(NO_SPACING)
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium.ensure(), args=chromium.ARGUMENTS)
        yield opened
        opened.close()


SignIn = Callable[..., Page]


@pytest.fixture(scope="session")
def profiles(product: Product, browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """A browser profile a role, signed in once through the form and then kept, as a person's is through a day."""
    kept: dict[str, BrowserContext] = {}

    def profile(role: str) -> BrowserContext:
        if role not in kept:
            kept[role] = browser.new_context(base_url=product.base)
            page = kept[role].new_page()
            page.goto("/admin/login/")
            page.fill("#id_login", role)
            page.fill("#id_password", product.passwords()[role])
            page.click("button[type=submit]")
            page.wait_for_url("**/admin/")
            page.goto("/admin/sign-in/confirm/?next=/admin/account/")
            page.fill("#id_password", product.passwords()[role])
            page.click("main button[type=submit]")
            page.wait_for_url("**/admin/account/")
            page.close()
        return kept[role]

    yield profile
    for context in kept.values():
        context.close()


@pytest.fixture
def sign_in(profiles: Callable[[str], BrowserContext]) -> Iterator[SignIn]:
    """Open a page as a role, each role in a profile of its own; the test's pages are closed after it. No screen may do
    what its content policy forbids."""
    pages: list[Page] = []
    refused: list[str] = []

    def told(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            refused.append(f"{said.location['url']}: {said.text}")

    def open_as(role: str, width: int = 1280) -> Page:
        page = profiles(role).new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("console", told)
        pages.append(page)
        return page

    yield open_as
    for page in pages:
        page.close()
    assert not refused


@pytest.fixture
def reader(product: Product, browser: Browser) -> Iterator[Page]:
    """Somebody from outside, with a browser that says so plainly."""
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36"
    context = browser.new_context(base_url=product.base, user_agent=agent, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where screenshots of a run are kept for a person to look at."""
    folder = Path(__file__).resolve().parents[2] / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
