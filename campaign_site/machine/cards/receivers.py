"""Cards follow what is published. A receiver only reads facts and hands them on: nothing waits, nothing fails."""

from __future__ import annotations

import logging
import threading
from functools import partial
from queue import Full, Queue
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save
from wagtail.models import Page, get_page_models
from wagtail.signals import page_published, page_unpublished

from campaign_site.machine.cards.address import card_digest
from campaign_site.machine.cards.facts import card_of
from campaign_site.machine.cards.picture import Card
from campaign_site.machine.cards.store import discard, discard_all, keep
from content.pages import CampaignPage, EventPage, HomePage, NewsPage, ProjectPage, ResourcePage
from content.pages.base import BasePage
from content.records import FundingStatement, Programme
from media.models import CampaignImage

logger = logging.getLogger(__name__)

# What does not fit is drawn by the first who asks for it.
_waiting: Queue[tuple[int, str, Card]] = Queue(maxsize=32)
_starting = threading.Lock()
_drawer: threading.Thread | None = None


def connect() -> None:
    """Listen to what changes cards."""
    page_published.connect(_published, dispatch_uid="cards-published")
    page_unpublished.connect(_unpublished, dispatch_uid="cards-unpublished")
    post_save.connect(_picture_saved, sender=CampaignImage, dispatch_uid="cards-picture")
    for model in (Programme, FundingStatement):
        post_save.connect(_funding_saved, sender=model, dispatch_uid=f"cards-{model.__name__}")


def _published(sender: Any, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, CampaignPage | HomePage):
        transaction.on_commit(partial(_dependants, instance), robust=True)
    transaction.on_commit(partial(prepare, instance), robust=True)


def _unpublished(sender: Any, instance: Page, **kwargs: Any) -> None:
    transaction.on_commit(partial(discard, [instance.pk]), robust=True)


def _picture_saved(sender: Any, instance: CampaignImage, created: bool, **kwargs: Any) -> None:
    if not created:
        transaction.on_commit(partial(_shows, instance.pk), robust=True)


def _funding_saved(sender: Any, created: bool, **kwargs: Any) -> None:
    transaction.on_commit(discard_all, robust=True)


def _dependants(page: Page) -> None:
    """Pages of the same project borrow the campaign's picture."""
    discard([page.pk])
    if isinstance(page, CampaignPage):
        project_id = page.campaign.project_id
        for model in (ProjectPage, NewsPage, EventPage, ResourcePage):
            discard(model.objects.filter(project_id=project_id, image=None).values_list("pk", flat=True))
        discard(HomePage.objects.filter(campaign=page, image=None).values_list("pk", flat=True))


def _shows(image_id: int) -> None:
    """A picture has another file or focal point: whatever may show it is drawn again."""
    for page in CampaignPage.objects.filter(image_id=image_id).select_related("campaign"):
        _dependants(page)
    for model in get_page_models():
        if issubclass(model, BasePage):
            pages: Any = model.objects.filter(image_id=image_id)
            discard(pages.values_list("pk", flat=True))


def prepare(page: Page) -> None:
    """Have a published page's card drawn beside the request."""
    if not settings.CARDS_AT_PUBLISH:
        return
    try:
        _waiting.put_nowait((page.pk, card_digest(page), card_of(page)))
    except Full:
        return
    except Exception:
        logger.exception("the card of page %s waits for its first reader", page.pk)
        return
    _start()


def _start() -> None:
    global _drawer
    with _starting:
        if _drawer is None or not _drawer.is_alive():
            _drawer = threading.Thread(target=_draw_all, name="cards", daemon=True)
            _drawer.start()


def _draw_all() -> None:
    while True:
        page_id, digest, card = _waiting.get()
        try:
            keep(page_id, digest, card)
        except Exception:
            logger.exception("the card of page %s waits for its first reader", page_id)
        finally:
            _waiting.task_done()


def drawn() -> None:
    """Wait until everything handed on is drawn."""
    _waiting.join()
