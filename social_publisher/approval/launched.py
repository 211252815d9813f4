"""A launch's page in the version its posts are approved with, before and after it is live."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page, Revision

from social_publisher.models import Launch


@dataclass(frozen=True)
class PageVersion:
    """A page as its launch shows it. `digest` is a SHA-256, in hex, over the version's content; `awaited` says that no
    reader has seen it yet."""

    page_id: int
    page: Any
    revision: Revision | None
    digest: str
    awaited: bool


def page_versions(launch_ids: Collection[int]) -> dict[int, PageVersion]:
    """Return the versions of some launches, by launch. No query without launches."""
    if not launch_ids:
        return {}
    rows = Launch.objects.select_related("page__live_revision", "page__latest_revision").filter(pk__in=launch_ids)
    return {launch.pk: page_version(launch) for launch in rows}


def page_version(launch: Launch) -> PageVersion:
    """The version readers see if it is the launch's, else the newest draft: what is approved, or would be.

    A draft written after the launch is live changes nothing; one written before does.
    """
    page = launch.page
    revision = page.latest_revision
    is_live = page.live and launch.revision_id is not None and page.live_revision_id == launch.revision_id
    if is_live:
        revision = page.live_revision
    shown = page.specific if is_live or revision is None else revision.as_object()
    return PageVersion(page.pk, shown, revision, content_digest(page, revision), launch.seen_live_at is None)


def content_digest(page: Page, revision: Revision | None) -> str:
    """A revision's id alone does not tell its content: Wagtail's autosave overwrites a revision in place."""
    content = [revision.pk, revision.content] if revision is not None else [page.pk]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
