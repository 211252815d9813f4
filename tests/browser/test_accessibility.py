"""axe finds nothing, contrast included, at two widths; nothing scrolls sideways; nobody else is asked."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import desk
from tests.browser.conftest import SignIn
from tests.support.product import Product

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = [320, 1280]
PUBLIC = {
    "home": "/",
    "campaigns": "/campaigns/",
    "campaign": "/campaigns/against-smuggling/",
    "projects": "/projects/",
    "project": "/projects/ecofit/",
    "news-list": "/news/",
    "news": "/news/ecofit-five-instruments/",
    "events": "/events/",
    "event": "/events/ecofit-final-conference/",
    "resources": "/resources/",
    "standard": "/accessibility/",
    "wall": "/rehearsal/",
    "not-found": "/no/such/page/",
}
DESK = {
    "dashboard": ("/admin/social/results/1/", "editor"),
    "results": ("/admin/social/results/", "editor"),
    "composer": ("/admin/snippets/social_publisher/post/add/?campaign=1", "editor"),
    "composer-saved": ("/admin/snippets/social_publisher/post/edit/1/", "editor"),
    "queue": ("/admin/social/queue/", "approver"),
    "review": ("/admin/social/queue/review/1/", "approver"),
}


def violations(page: Page, context: dict[str, Any] | None = None) -> list[str]:
    """Return what axe finds, one line a violated rule with its first place."""
    page.evaluate(AXE)
    found = page.evaluate(
        "([context, tags]) => axe.run(context || document, {runOnly: tags, resultTypes: ['violations']})",
        [context, TAGS],
    )
    return [f"{rule['id']}: {rule['help']} at {rule['nodes'][0]['target']}" for rule in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages(product: Product, browser: Browser, shots: Path, name: str, width: int, scheme: Any) -> None:
    asked: list[str] = []
    context = browser.new_context(
        base_url=product.base, viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=True
    )
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PUBLIC[name])
    page.screenshot(path=shots / f"{name}-{width}-{scheme}.png", full_page=True)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert {urlsplit(address).netloc for address in asked} == {urlsplit(product.base).netloc}
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", DESK)
def test_desk_screens(sign_in: SignIn, shots: Path, name: str, width: int) -> None:
    path, role = DESK[name]
    page = sign_in(role, width)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=shots / f"{name}-{width}.png", full_page=True)
    assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_screen_of_a_post_that_needs_a_person(product: Product, sign_in: SignIn, shots: Path, width: int) -> None:
    pk = desk.ask_a_person(product, f"Nobody can tell whether this arrived, at {width}.")
    page = sign_in("approver", width)
    page.goto(f"/admin/social/queue/decide/{pk}/")
    page.screenshot(path=shots / f"decide-{width}.png", full_page=True)
    assert violations(page) == []
    page.get_by_role("button", name="It is there", exact=True).click()
    page.wait_for_load_state()
    assert violations(page) == []
