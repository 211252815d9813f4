"""What campaigns brought in a period, from the numbers that are kept by day and hour: never from single readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractHour, ExtractIsoWeekDay, TruncDate
from django.utils import timezone

from content.records import Campaign
from social_publisher.engagement.figures import REACTIONS, TOLD, Figures
from social_publisher.engagement.periods import Period
from social_publisher.models import CampaignRollup, Channel, Delivery, DeliveryRollup, Grain, RollupMark
from social_publisher.models.delivery import UPCOMING
from social_publisher.models.ledger import State
from social_publisher.networks import registry

# The hours of more days than these are too many to add up for a screen.
WEEK_DAYS = 90
SUMMED = ("link_clicks", *TOLD)
# Ordered by what people did; what nobody told counts as least.
REACTED = sum((Coalesce(F(name), 0) for name in REACTIONS[1:]), Coalesce(F(REACTIONS[0]), 0))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a campaign is. `spent` and `planned` are in US dollars, at the prices that held at approval.

    Networks were last read between `read_first` and `read_last`; None where none was, or none can be.
    """

    published: int
    waiting: int
    taken_back: int
    gone: int
    spent: Decimal
    planned: Decimal
    read_first: datetime | None
    read_last: datetime | None


@dataclass(frozen=True, slots=True)
class Brought:
    """A post on a channel, and all that it has brought until now."""

    delivery: Delivery
    figures: Figures


class Ranked(NamedTuple):
    """A post on a channel in short: what is needed to find the strongest, and where its link leads."""

    delivery: int
    state: str
    published_at: datetime
    page: int | None
    url: str | None
    reacted: int
    clicks: int


# The networks (slugs) whose posts are counted; None for all, rehearsals too.
Networks = Collection[str] | None


def live_networks() -> list[str]:
    """Those that reach the public."""
    return [network.slug for network in registry.installed() if network.capabilities.live]


def shown_networks() -> Networks:
    """What results are about: public networks, and rehearsals only while no account on a public one is there."""
    live = live_networks()
    return live if Channel.objects.filter(network__in=live).exists() else None


def rolled_up_at() -> datetime | None:
    """Until when clicks are in the numbers; None where none ever were."""
    return RollupMark.objects.values_list("clicks_at", flat=True).first()


def standing(campaign: Campaign, networks: Networks = None) -> Standing:
    """One query."""
    out, up = Q(state=State.PUBLISHED.value), Q(state__in=[state.value for state in UPCOMING])
    row = _on(Delivery.objects.filter(post__campaign=campaign), networks).aggregate(
        published=Count("post", filter=out, distinct=True),
        waiting=Count("post", filter=up, distinct=True),
        taken_back=Count("post", filter=Q(state=State.RECALLED.value), distinct=True),
        gone=Count("pk", filter=out & Q(gone_at__isnull=False)),
        spent=Sum("price", filter=out | Q(state=State.RECALLED.value)),
        planned=Sum("price", filter=up),
        read_first=Min("engagement_read_at", filter=out & Q(next_reading_at__isnull=False)),
        read_last=Max("engagement_read_at", filter=out),
    )
    return Standing(**{**row, "spent": row["spent"] or Decimal(), "planned": row["planned"] or Decimal()})


def by_campaign(campaigns: Iterable[Campaign], period: Period, networks: Networks = None) -> dict[int, Figures]:
    """What each brought, by its id."""
    rows = _summed(campaigns, period, networks).order_by().values("campaign").annotate(**_sums())
    return {row["campaign"]: _figures(row) for row in rows}


def by_channel_and_language(
    campaigns: Iterable[Campaign], period: Period, networks: Networks = None
) -> dict[tuple[str, str], Figures]:
    """What they brought, by the channel's name and the posts' language."""
    rows = _summed(campaigns, period, networks).order_by().values("channel__name", "language").annotate(**_sums())
    return {(row["channel__name"], row["language"]): _figures(row) for row in rows}


def by_campaign_and_network(
    campaigns: Iterable[Campaign], period: Period, networks: Networks = None
) -> dict[tuple[str, str], Figures]:
    """What each brought, by its name and the network (its slug)."""
    rows = _summed(campaigns, period, networks).order_by().values("campaign__name", "channel__network")
    return {(row["campaign__name"], row["channel__network"]): _figures(row) for row in rows.annotate(**_sums())}


def by_delivery(campaigns: Iterable[Campaign], period: Period, networks: Networks = None) -> dict[int, Figures]:
    """What each post on a channel brought, by the delivery's id; one that brought nothing is not there."""
    rows = DeliveryRollup.objects.filter(delivery__post__campaign__in=campaigns)
    if networks is not None:
        rows = rows.filter(delivery__channel__network__in=networks)
    if period.first is None and period.end > timezone.now():
        rows = rows.filter(grain=Grain.TOTAL)
    else:
        rows = rows.filter(grain=Grain.DAY, start__lt=period.end)
        rows = rows if period.start is None else rows.filter(start__gte=period.start)
    sums = {f"sum_{name}": Sum(name) for name in SUMMED}
    found: Iterable[Mapping[str, Any]] = rows.order_by().values("delivery").annotate(**sums)
    return {row["delivery"]: Figures.of_one({name: row[f"sum_{name}"] for name in SUMMED}) for row in found}


def by_day(campaigns: Iterable[Campaign], period: Period, networks: Networks = None) -> dict[date, Figures]:
    """What each day of the installation's zone brought; a day that brought nothing is not there."""
    zone = timezone.get_default_timezone()
    rows = _days(campaigns, period, networks).order_by().annotate(day=TruncDate("start", tzinfo=zone)).values("day")
    return {row["day"]: _figures(row) for row in rows.annotate(**_sums())}


def by_hour_of_week(
    campaigns: Iterable[Campaign], period: Period, networks: Networks = None
) -> dict[tuple[int, int], int]:
    """Clicks and reactions by weekday (Monday is 1) and hour, in the installation's zone; of WEEK_DAYS at most."""
    zone = timezone.get_default_timezone()
    hours = CampaignRollup.objects.filter(grain=Grain.HOUR)
    rows = _on(_within(hours, campaigns, period.shortened(WEEK_DAYS)), networks).order_by()
    placed = rows.annotate(day=ExtractIsoWeekDay("start", tzinfo=zone), at=ExtractHour("start", tzinfo=zone))
    sums = placed.values("day", "at").annotate(count=Sum(F("link_clicks") + REACTED))
    return {(row["day"], row["at"]): row["count"] for row in sums}


def by_hour(campaign: Campaign, first: datetime, last: datetime, networks: Networks = None) -> dict[datetime, Figures]:
    """What each hour (UTC) from the first to the last brought."""
    rows = CampaignRollup.objects.filter(campaign=campaign, grain=Grain.HOUR, start__range=(first, last))
    rows = _on(rows, networks).order_by()
    return {row["start"]: _figures(row) for row in rows.values("start").annotate(**_sums())}


def posts(campaign: Campaign, period: Period, networks: Networks = None) -> QuerySet[Delivery]:
    """A campaign's posts on each channel that left in a period and were not taken back, the newest first."""
    rows = _on(_rows(), networks).filter(post__campaign=campaign, state=State.PUBLISHED.value)
    rows = rows.filter(published_at__lt=period.end)
    if period.start is not None:
        rows = rows.filter(published_at__gte=period.start)
    return rows.order_by("-published_at", "-pk")


def published(period: Period, networks: Networks = None) -> dict[int, int]:
    """How many posts of each campaign (its id) left in a period and were not taken back."""
    rows = _on(Delivery.objects.filter(state=State.PUBLISHED.value, published_at__lt=period.end), networks)
    if period.start is not None:
        rows = rows.filter(published_at__gte=period.start)
    counted = rows.order_by().values("post__campaign").annotate(posts=Count("post", distinct=True))
    return dict(counted.values_list("post__campaign", "posts"))


def brought(deliveries: Iterable[Delivery]) -> list[Brought]:
    """These posts with what they have brought. One query."""
    rows = list(deliveries)
    totals = DeliveryRollup.objects.filter(delivery__in=rows, grain=Grain.TOTAL).values("delivery", *SUMMED)
    found = {row["delivery"]: Figures.of_one(row) for row in totals}
    return [Brought(row, found.get(row.pk, Figures())) for row in rows]


def ranked(campaign: Campaign, networks: Networks = None) -> list[Ranked]:
    """Every post of the campaign that brought anything, in short, the strongest first. One query, a few columns."""
    link = "delivery__short_link__"
    totals = DeliveryRollup.objects.filter(delivery__post__campaign=campaign, grain=Grain.TOTAL)
    if networks is not None:
        totals = totals.filter(delivery__channel__network__in=networks)
    rows = totals.values_list(
        "delivery", "delivery__state", "delivery__published_at", f"{link}target_page", f"{link}target_url",
        REACTED, "link_clicks",
    )  # fmt: skip
    return sorted((Ranked(*row) for row in rows.order_by()), key=lambda row: (row.reacted, row.clicks), reverse=True)


def extremes(rows: Sequence[Ranked], period: Period, count: int) -> tuple[list[int], list[int]]:
    """Of the posts that left in a period and are out: those that people did most with, and least (deliveries' ids)."""
    out = [row.delivery for row in rows if row.state == State.PUBLISHED.value and period.has(row.published_at)]
    return out[:count], out[::-1][:count]


def named(deliveries: Iterable[int]) -> dict[int, Delivery]:
    """Deliveries by their ids, as lists show them. One query."""
    return {row.pk: row for row in _rows().filter(pk__in=set(deliveries))}


def links(rows: Sequence[Ranked], count: int) -> list[tuple[Any, str, int]]:
    """Where readers went most: the site's page (its id) or the outside address, and clicks, of all posts together."""
    found: Counter[tuple[Any, str]] = Counter()
    for row in rows:
        found[row.page, row.url or ""] += row.clicks
    return [(page, url, clicks) for (page, url), clicks in found.most_common(count) if clicks]


def _summed(campaigns: Iterable[Campaign], period: Period, networks: Networks) -> QuerySet[CampaignRollup]:
    """Rows whose sum is that of the period, as few as there are."""
    if period.first is None and period.end > timezone.now():
        return _on(CampaignRollup.objects.filter(grain=Grain.TOTAL, campaign__in=campaigns), networks)
    return _days(campaigns, period, networks)


def _on(rows: QuerySet[Any], networks: Networks) -> QuerySet[Any]:
    """Those of the networks that are counted."""
    return rows if networks is None else rows.filter(channel__network__in=networks)


def _rows() -> QuerySet[Delivery]:
    return Delivery.objects.select_related("post", "channel")


def _days(campaigns: Iterable[Campaign], period: Period, networks: Networks) -> QuerySet[CampaignRollup]:
    return _on(_within(CampaignRollup.objects.filter(grain=Grain.DAY), campaigns, period), networks)


def _within(rows: QuerySet[CampaignRollup], campaigns: Iterable[Campaign], period: Period) -> QuerySet[CampaignRollup]:
    rows = rows.filter(campaign__in=campaigns, start__lt=period.end)
    return rows if period.start is None else rows.filter(start__gte=period.start)


def _sums() -> Mapping[str, Any]:
    return {f"sum_{name}": Sum(name) for name in (*SUMMED, "responses_of_shown")}


def _figures(row: Mapping[str, Any]) -> Figures:
    return Figures.of({name.removeprefix("sum_"): value for name, value in row.items()})
