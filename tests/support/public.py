"""The public pages of a site, found and not listed: each live page, and one of each kind for slow looks."""

from __future__ import annotations

from typing import Any


def pages() -> list[Any]:
    """Every live page that has an address, with its own class, in tree order."""
    from wagtail.models import Page

    found = Page.objects.live().filter(depth__gt=1).order_by("path").specific()
    return [page for page in found if page.get_url()]


def one_of_each(found: list[Any]) -> dict[str, Any]:
    """Of each kind of page and language the one with the most to show."""
    chosen: dict[str, Any] = {}
    for page in found:
        name = f"{type(page).__name__} {page.locale.language_code}"
        if name not in chosen or _weight(page) > _weight(chosen[name]):
            chosen[name] = page
    return chosen


def _weight(page: Any) -> int:
    body = getattr(page, "body", None) or ()
    return len(body) + (10 if page.image_id else 0) + page.numchild
