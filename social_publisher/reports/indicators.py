"""What campaigns and projects promised, and how far they are: counted by this site, or entered with source and name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from content.records import Campaign, Project
from content.records.indicator import Indicator as ProjectIndicator
from content.records.progress import share_reached
from social_publisher.engagement.figures import Figures
from social_publisher.models import CampaignIndicator, Counted
from social_publisher.models.reporting import Stage
from social_publisher.reports.facts import Indicator

Counts = Mapping[Counted, int | None]


def counts_of(figures: Figures, posts: int, reads: int, downloads: int) -> Counts:
    """What this site counts by itself of a campaign, from its numbers until a day."""
    return {
        Counted.POSTS: posts,
        Counted.IMPRESSIONS: figures.impressions,
        Counted.REACTIONS: figures.reactions,
        Counted.CLICKS: figures.link_clicks,
        Counted.READS: reads,
        Counted.DOWNLOADS: downloads,
    }


def indicators(campaigns: Sequence[Campaign], until: date, counts: Mapping[int, Counts]) -> list[Indicator]:
    """Every indicator of these campaigns, in its stage's order. One query.

    `counts` are, by campaign (its id), what this site counts until the end of that day.
    """
    rows = CampaignIndicator.objects.filter(reporting__campaign__in=campaigns).select_related("reporting__campaign")
    found = _with_words(rows).order_by("reporting__campaign__name", "sort_order", "pk")
    return _in_order(_of_campaign(row, counts.get(row.reporting.campaign_id, {}), until) for row in found)


def project_indicators(project: Project) -> list[Indicator]:
    """A project's own, as entered in its record: what agencies report. Their stage is impact."""
    rows = _with_words(ProjectIndicator.objects.filter(project=project)).order_by("sort_order", "pk")
    return [_of_project(row, str(project)) for row in rows]


def _with_words(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows with their words in other languages, in the same query."""
    labels = rows.model._meta.get_field("labels").related_model.objects.filter(indicator=OuterRef("pk"))
    told = labels.order_by("pk").values(row=JSONObject(language="language", text="text"))
    annotated: QuerySet[Any] = rows.annotate(words=ArraySubquery(told))
    return annotated


def _labels(row: Any) -> dict[str, str]:
    return {label["language"]: label["text"] for label in row.words}


def _in_order(rows: Iterable[Indicator]) -> list[Indicator]:
    places = {stage.value: place for place, stage in enumerate(Stage)}
    return sorted(rows, key=lambda row: places[row.stage])


def _of_campaign(row: Any, counts: Counts, until: date) -> Indicator:
    actual = counts.get(Counted(row.counts)) if row.counts else row.actual
    return Indicator(
        about=row.reporting.campaign.name,
        stage=row.at_stage.value,
        counts=row.counts,
        label=row.label,
        labels=_labels(row),
        baseline=row.baseline,
        target=row.target,
        is_approximate=False,
        actual=actual,
        share=share_reached(row.baseline, row.target, actual),
        source=row.source,
        as_of=until if row.counts else row.reported_on,
        entered_by=row.entered_name,
    )


def _of_project(row: Any, about: str) -> Indicator:
    return Indicator(
        about=about,
        stage=Stage.IMPACT.value,
        counts="",
        label=row.label,
        labels={settings.LANGUAGE_CODE: row.label, **_labels(row)},
        baseline=row.baseline,
        target=row.target,
        is_approximate=row.target_is_approximate,
        actual=row.actual,
        share=share_reached(row.baseline, row.target, row.actual),
        source=row.source,
        as_of=row.reported_on,
        entered_by=row.entered_name,
    )
