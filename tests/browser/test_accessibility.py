"""axe finds nothing, contrast included, at two widths; nothing scrolls sideways; nobody else is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SignIn
from tests.browser.look import WIDTHS, look, violations
from tests.support.product import Product

SCHEMES: list[Any] = ["light", "dark"]
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
# Screens that no other test here looks at on its way.
DESK = {
    "dashboard": ("social/results/1/", "editor"),
    "results": ("social/results/", "editor"),
    "posts": ("snippets/social_publisher/post/", "editor"),
    "composer-campaigns": ("snippets/social_publisher/post/add/", "editor"),
    "composer": ("snippets/social_publisher/post/add/?campaign=1", "editor"),
    "composer-saved": ("snippets/social_publisher/post/edit/1/", "editor"),
    "launches": ("social/launches/", "editor"),
    "series": ("social/planning/series/", "editor"),
    "corrections": ("snippets/social_publisher/correction/", "editor"),
    "takedowns": ("social/takedown/", "editor"),
    "queue": ("social/queue/", "approver"),
    "queue-section": ("social/queue/list/next/", "approver"),
    "pause-everything": ("social/queue/pause/everything/", "approver"),
    "review": ("social/queue/review/1/", "approver"),
    "rules": ("snippets/social_publisher/campaignrules/", "administrator"),
    "rules-add": ("snippets/social_publisher/campaignrules/add/", "administrator"),
    "blackouts": ("snippets/social_publisher/blackout/", "administrator"),
    "blackouts-add": ("snippets/social_publisher/blackout/add/", "administrator"),
    "channels": ("snippets/social_publisher/channel/", "administrator"),
    "channel": ("snippets/social_publisher/channel/edit/1/", "administrator"),
    "webhooks": ("social/webhooks/", "administrator"),
}


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every address that the visitor's browser asked for."""
    return []


@pytest.fixture(scope="module")
def visitor(product: Product, browser: Browser, asked: list[str]) -> Iterator[Page]:
    context = browser.new_context(base_url=product.base)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()


@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages(product: Product, visitor: Page, asked: list[str], shots: Path, name: str) -> None:
    asked.clear()
    visitor.goto(PUBLIC[name])
    for width in WIDTHS:
        visitor.set_viewport_size({"width": width, "height": 900})
        assert visitor.evaluate("document.documentElement.scrollWidth") <= width
        for scheme in SCHEMES:
            visitor.emulate_media(color_scheme=scheme)
            visitor.screenshot(path=shots / f"{name}-{width}-{scheme}.png", full_page=True)
            found = violations(visitor)
            assert not found, f"{name} at {width}, {scheme}: {found}"
    assert {urlsplit(address).netloc for address in asked} == {urlsplit(product.base).netloc}


@pytest.mark.parametrize("name", DESK)
def test_desk_screens(sign_in: SignIn, shots: Path, name: str) -> None:
    path, role = DESK[name]
    page = sign_in(role)
    answer = page.goto(f"/admin/{path}")
    assert answer is not None
    assert answer.ok
    look(page, shots, name)
