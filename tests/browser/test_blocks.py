"""A page with every block, looked at wide and narrow, light and dark: axe finds nothing, nobody else is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.test import Client
from playwright.sync_api import Browser, Route

from media.models import CampaignImage
from media.renditions import make_renditions
from tests.browser.look import look
from tests.specimen import make_specimen

SCHEMES: list[Any] = ["light", "dark"]


@pytest.fixture
def specimen(db: None, settings: Any, tmp_path: Path) -> tuple[str, str]:
    """Path and HTML of the page."""
    settings.MEDIA_ROOT = tmp_path / "media"
    page = make_specimen(2)
    for image in CampaignImage.objects.all():
        make_renditions(image)
    return page.url, Client().get(page.url).content.decode()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_block(browser: Browser, specimen: tuple[str, str], shots: Path, scheme: Any) -> None:
    path, html = specimen
    asked: list[str] = []

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        asked.append(address.netloc)
        if address.path == path:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif found := _file(address.path):
            route.fulfill(path=found)
        else:
            route.fulfill(status=404, body="")

    context = browser.new_context(color_scheme=scheme, base_url="http://blocks.test")
    page = context.new_page()
    page.route("**/*", answer)
    page.goto(path)
    # Everything that can be opened is looked at too.
    for summary in page.locator("main summary").all():
        summary.focus()
        page.keyboard.press("Enter")
    assert page.locator("main details:not([open])").count() == 0
    look(page, shots, f"blocks-{scheme}")
    assert set(asked) == {"blocks.test"}
    context.close()


def _file(path: str) -> str | None:
    """Where a static or a library file is."""
    if path.startswith(settings.STATIC_URL):
        found = find(path.removeprefix(settings.STATIC_URL))
        return str(found) if found else None
    if path.startswith(settings.MEDIA_URL):
        stored = Path(settings.MEDIA_ROOT) / path.removeprefix(settings.MEDIA_URL)
        return str(stored) if stored.is_file() else None
    return None
