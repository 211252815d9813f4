"""Cards as files of the library, one a page. Everything here may be lost and is drawn again when asked for."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from wagtail.models import Page

from campaign_site.machine.cards.address import card_digest
from campaign_site.machine.cards.facts import card_of
from campaign_site.machine.cards.picture import Card, draw_card


def folder() -> Path:
    """Where cards are kept."""
    return Path(settings.MEDIA_ROOT) / "cards"


def file_of(page_id: int, digest: str) -> Path:
    """The file of one card."""
    return folder() / f"{page_id}-{digest}.jpg"


def draw(page: Page) -> Path:
    """Draw a page's card and keep it in place of older ones. Raises OSError."""
    return keep(page.pk, card_digest(page), card_of(page))


def keep(page_id: int, digest: str, card: Card) -> Path:
    """Draw a card and keep it; needs no database. Raises OSError."""
    data = draw_card(card)
    folder().mkdir(parents=True, exist_ok=True)
    target = file_of(page_id, digest)
    # Two may draw the same card at once: each writes its own file, and the last one stays.
    partial = target.with_name(f".{target.stem}.{os.getpid()}.{threading.get_ident()}")
    partial.write_bytes(data)
    partial.replace(target)
    for older in folder().glob(f"{page_id}-*.jpg"):
        if older != target:
            older.unlink(missing_ok=True)
    return target


def discard(page_ids: Iterable[int]) -> None:
    """Forget the cards of pages."""
    for page_id in page_ids:
        for file in folder().glob(f"{page_id}-*.jpg"):
            with contextlib.suppress(OSError):
                file.unlink()


def discard_all() -> None:
    """Forget every card."""
    for file in folder().glob("*.jpg"):
        with contextlib.suppress(OSError):
            file.unlink()
