"""What else the site has about a project: its campaigns, news, events and publications, in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Value

from content.pages.campaign import CampaignPage
from content.pages.event import EventPage
from content.pages.news import NewsPage
from content.pages.own_language import in_own_language
from content.pages.resource import ResourcePage

# How many of each kind a project page shows.
MOST = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """A page about the project: its title, its place in the tree, and its day if it has one."""

    title: str
    url_path: str
    day: date | None


def around(project_id: int, locale_id: int) -> dict[str, list[Mention]]:
    """Return the newest live pages of each kind about a project, in a language: campaigns, events, news, resources."""
    here: dict[str, Any] = {"locale_id": locale_id}
    campaigns = _rows(
        in_own_language(CampaignPage.objects.live()).filter(campaign__project=project_id, **here), "campaigns", None
    )
    events = _rows(
        in_own_language(EventPage.objects.live()).filter(project=project_id, **here), "events", "starts_at__date"
    )
    news = _rows(in_own_language(NewsPage.objects.live()).filter(project=project_id, **here), "news", "date")
    resources = _rows(
        in_own_language(ResourcePage.objects.live()).filter(project=project_id, **here), "resources", "published_on"
    )
    found: dict[str, list[Mention]] = {"campaigns": [], "events": [], "news": [], "resources": []}
    for kind, title, url_path, day in campaigns.union(events, news, resources, all=True):
        found[kind].append(Mention(title, url_path, day.date() if isinstance(day, datetime) else day))
    return {kind: _newest(mentions) for kind, mentions in found.items()}


def _rows(pages: Any, kind: str, day: str | None) -> Any:
    """Rows of one shape; a union cannot be of anything else."""
    when = F(day) if day else Value(None, output_field=models.DateField(null=True))
    order = F(day).desc(nulls_last=True) if day else F("title").asc()
    ordered = pages.annotate(listed_as=Value(kind), day=when).order_by(order, "-pk")
    return ordered.values_list("listed_as", "title", "url_path", "day")[:MOST]


def _newest(mentions: Iterable[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda mention: mention.day or date.min, reverse=True)
