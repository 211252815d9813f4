"""What every public template may rely on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from content.pages.navigation import Navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """The owner, the public address, and the navigation of screens that are no pages. No query until asked for."""
    return {
        "site_owner": settings.SITE_OWNER,
        "public_base_url": settings.PUBLIC_BASE_URL,
        "is_demonstration": settings.DEMO_ACCOUNTS,
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
    }


def _navigation(request: HttpRequest) -> Navigation:
    found = Site.find_for_request(request)
    if found is None:
        raise LookupError("no site is set up for this host")
    return Navigation(found.root_page.localized, request, is_page=False)
