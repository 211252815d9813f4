"""Which blackouts forbid what to leave when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.records import Campaign, Project
from social_publisher.messages.checks import Check
from social_publisher.models import Blackout, Channel
from social_publisher.models.rules import rules_of


def standing(start: datetime, end: datetime) -> list[Any]:
    """The blackouts that stand at some moment from start to end, with their `country_ids` and `campaign_ids`."""
    return list(with_scope(Blackout.objects.filter(starts_at__lte=end, ends_at__gt=start)))


def with_scope(blackouts: QuerySet[Blackout]) -> QuerySet[Any]:
    """Blackouts with the ids of the countries and campaigns they are for."""
    countries = Blackout.countries.through.objects.filter(blackout=OuterRef("pk"))
    campaigns = Blackout.campaigns.through.objects.filter(blackout=OuterRef("pk"))
    return blackouts.annotate(
        country_ids=ArraySubquery(countries.values("country_id")),
        campaign_ids=ArraySubquery(campaigns.values("campaign_id")),
    )


def forbids(blackout: Any, at: datetime, campaign_id: int, countries: Collection[int]) -> bool:
    """Whether a post of the campaign to readers in these countries should not leave then.

    Readers of whom no country is known may be anywhere, so that every country's blackout is theirs.
    """
    here = not blackout.country_ids or not countries or not set(countries).isdisjoint(blackout.country_ids)
    ours = not blackout.campaign_ids or campaign_id in blackout.campaign_ids
    return blackout.starts_at <= at < blackout.ends_at and here and ours


def project_countries() -> ArraySubquery:
    """The ids of the countries of a campaign's project, to annotate campaigns with."""
    rows = Project.countries.through.objects.filter(project=OuterRef("project"))
    return ArraySubquery(rows.values("country_id"))


def channel_countries(channel_ids: Iterable[int]) -> dict[int, set[int]]:
    """The countries of each channel's readers, by id; channels that name none are left out."""
    found: dict[int, set[int]] = {}
    rows = Channel.countries.through.objects.filter(channel_id__in=set(channel_ids))
    for channel_id, country_id in rows.values_list("channel_id", "country_id"):
        found.setdefault(channel_id, set()).add(country_id)
    return found


def forbidden(
    deliveries: QuerySet[Any], blackouts: Collection[Any], at: datetime | None = None
) -> Mapping[int, tuple[int, str]]:
    """Those deliveries that a blackout forbids, where their campaign's rules say that it blocks: post and reason by id.

    They are judged by when they are tried next, but not before `at`. What left under break-glass is exempt: a person
    answers for it by name. So are corrections: what was wrong is put right at once.
    """
    if not blackouts:
        return {}
    fields = ("pk", "post_id", "channel_id", "post__campaign_id", "next_at")
    rows = list(deliveries.filter(approval__urgent=False, approval__in_advance=False).values_list(*fields))
    campaigns = Campaign.objects.select_related("rules").annotate(country_ids=project_countries())
    by_id = campaigns.in_bulk({row[3] for row in rows})
    countries = channel_countries(row[2] for row in rows)
    found = {}
    for pk, post_id, channel_id, campaign_id, next_at in rows:
        campaign: Any = by_id[campaign_id]
        if not rules_of(campaign).blocks(Check.BLACKOUT):
            continue
        leaves = max(next_at, at) if at else next_at
        readers = countries.get(channel_id) or campaign.country_ids
        for blackout in blackouts:
            if forbids(blackout, leaves, campaign_id, readers):
                found[pk] = (post_id, stopped_by(blackout))
                break
    return found


def stopped_by(blackout: Blackout) -> str:
    """Why it does not leave, and what to do, in words for staff."""
    words = _("“%(name)s” forbids posts until %(end)s. Choose a later time and have it approved again.")
    return words % {"name": blackout, "end": shown(blackout.ends_at)}


def shown(moment: datetime) -> str:
    """A moment in the active zone, for a sentence."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
