"""Where a page's card is. Known without a query and without a look at the disk."""

from __future__ import annotations

import hashlib

from django.urls import reverse
from wagtail.models import Page

from campaign_site.machine.addresses import absolute
from campaign_site.machine.reading import language_of

# Raised when the drawing changes, so that every card gets a new address.
DESIGN = "1"


def card_digest(page: Page) -> str:
    """What the page itself puts on its card, in sixteen characters."""
    parts = (DESIGN, language_of(page), page.title, str(getattr(page, "image_id", None) or ""))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def card_address(page: Page) -> str:
    """The card's public address. Another title or picture makes another address."""
    return absolute(reverse("card", args=[page.pk, card_digest(page)]))
