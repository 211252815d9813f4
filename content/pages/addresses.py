"""Addresses of many pages at once. Wagtail's own way costs a look-up a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from content.pages.navigation import Navigation


def addressed(navigation: Navigation, pages: Iterable[Any]) -> list[Any]:
    """Return the pages, each with its `href`."""
    found = list(pages)
    for page in found:
        page.href = navigation.address(page.url_path)
    return found
