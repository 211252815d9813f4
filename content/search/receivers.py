"""Publishing leaves a note for the index, in its own transaction. Nothing here reads a page or can fail its saving."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from content.records import Campaign, Project
from content.search.models import SearchEntry, SearchWaiting

NOTE = f"INSERT INTO {SearchWaiting._meta.db_table} (page_id) SELECT page_id FROM {SearchEntry._meta.db_table} WHERE "


# The kind of page that says a record's words. By name, so that a record joins this list without its module.
SAID_ON = {
    "content.Funder": SearchEntry.Kind.PROJECT,
    "content.Programme": SearchEntry.Kind.PROJECT,
    "content.Grant": SearchEntry.Kind.PROJECT,
    "content.Partner": SearchEntry.Kind.PROJECT,
    "content.Theme": SearchEntry.Kind.PROJECT,
    "content.Topic": SearchEntry.Kind.NEWS,
    "content.TopicName": SearchEntry.Kind.NEWS,
    "media.CampaignDocument": SearchEntry.Kind.RESOURCE,
}


def connect() -> None:
    """Listen. The same function twice is connected once."""
    for signal in (page_published, page_unpublished):
        signal.connect(_page_changed, dispatch_uid=f"search-{id(signal)}")
    post_save.connect(_project_changed, sender=Project, dispatch_uid="search-project")
    post_save.connect(_campaign_changed, sender=Campaign, dispatch_uid="search-campaign")
    for label in SAID_ON:
        post_save.connect(_records_changed, sender=label, dispatch_uid=f"search-{label}")


def _page_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    SearchWaiting.objects.create(page_id=instance.pk)


def _project_changed(sender: Any, instance: Project, created: bool, **kwargs: Any) -> None:
    if not created:
        _note("project_id = %s", instance.pk)


def _campaign_changed(sender: Any, instance: Campaign, created: bool, **kwargs: Any) -> None:
    if not created:
        _note("kind = 'campaign' AND project_id = %s", instance.project_id)


def _records_changed(sender: Any, **kwargs: Any) -> None:
    _note("kind = %s", str(SAID_ON[sender._meta.label]))


def _note(condition: str, value: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NOTE + condition, [value])
