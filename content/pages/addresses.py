"""Addresses of many pages at once. Wagtail's own way costs a look-up a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from content.pages.navigation import Navigation


def address(navigation: Navigation, url_path: str) -> str:
    """Return the address of the page in the navigation's language that has this path in the tree."""
    home = navigation.home
    tail = url_path.removeprefix(home.url_path)
    return f"{home.get_url(navigation.request) or '/'}{tail}"


def addressed(navigation: Navigation, pages: Iterable[Any]) -> list[Any]:
    """Return the pages, each with its `href`."""
    found = list(pages)
    base = address(navigation, navigation.home.url_path)
    start = len(navigation.home.url_path)
    for page in found:
        page.href = f"{base}{page.url_path[start:]}"
    return found
