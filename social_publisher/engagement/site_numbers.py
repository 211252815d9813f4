"""What campaigns brought on the site itself in a period: reads of their pages and downloads of their files."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Sum, Value

from content.records import Campaign
from social_publisher.engagement.periods import Period
from social_publisher.models import ClickHour, DownloadHour, PageReadHour


def reads(campaigns: Iterable[Campaign], period: Period) -> dict[int, int]:
    """Page reads by campaign (its id)."""
    return _by(PageReadHour.objects.all(), campaigns, period, "campaign_id")


def downloads(campaigns: Iterable[Campaign], period: Period) -> dict[int, int]:
    """Downloads by campaign (its id)."""
    return _by(DownloadHour.objects.all(), campaigns, period, "campaign_id")


# Stands for all files of a campaign, where rows are of pages. No page has it.
FILES = -1


@dataclass(frozen=True, slots=True)
class SiteNumbers:
    """A campaign's reads and downloads, of a period and until its end; `pages` are page (its id), language, reads."""

    pages: list[tuple[int | None, str, int]]
    reads: int
    reads_ever: int
    downloads: int
    downloads_ever: int


def of_campaign(campaign: Campaign, period: Period) -> SiteNumbers:
    """Both at once, in one query."""
    within = Q(hour__lt=period.end) if period.start is None else Q(hour__lt=period.end, hour__gte=period.start)
    sums = {"ever": Sum("count"), "there": Sum("count", filter=within)}
    read, taken = (
        model.objects.filter(campaign=campaign, hour__lt=period.end) for model in (PageReadHour, DownloadHour)
    )
    by_page = read.order_by().values_list(F("page_id"), F("language")).annotate(**sums)
    files = taken.order_by().values_list(Value(FILES), Value("")).annotate(**sums)
    rows = list(by_page.union(files, all=True))
    pages = [row for row in rows if row[0] != FILES]
    downloads = next((row for row in rows if row[0] == FILES), (FILES, "", 0, 0))
    shown = [(page, language, there) for page, language, _ever, there in pages if there]
    return SiteNumbers(
        pages=sorted(shown, key=lambda row: (-row[2], row[0] or 0)),
        reads=sum(count for _page, _language, count in shown),
        reads_ever=sum(row[2] for row in pages),
        downloads=downloads[3] or 0,
        downloads_ever=downloads[2] or 0,
    )


def reads_by_page(campaigns: Iterable[Campaign], period: Period) -> list[tuple[int | None, str, int]]:
    """Page (its id; None for deleted ones), language and reads, the most read first."""
    rows = _in(PageReadHour.objects.all(), campaigns, period).order_by().values("page_id", "language")
    counted = rows.annotate(sum=Sum("count")).order_by("-sum", "page_id", "language")
    return [(row["page_id"], row["language"], row["sum"]) for row in counted]


def clicks_to(
    pages: Iterable[int], campaigns: Iterable[Campaign], period: Period, networks: Collection[str] | None = None
) -> dict[int, int]:
    """Clicks on links to these pages (ids) by campaign, of the networks that are counted."""
    rows = ClickHour.objects.filter(short_link__target_page__in=list(pages))
    rows = rows.annotate(campaign_id=F("short_link__post__campaign_id")).filter(campaign_id__in=_ids(campaigns))
    if networks is not None:
        rows = rows.filter(short_link__channel__network__in=networks)
    return _sums(_of(rows, period), "campaign_id")


def _by(rows: QuerySet[Any], campaigns: Iterable[Campaign], period: Period, name: str) -> dict[Any, int]:
    return _sums(_in(rows, campaigns, period), name)


def _sums(rows: QuerySet[Any], name: str) -> dict[Any, int]:
    return dict(rows.order_by().values_list(name).annotate(Sum("count")))


def _in(rows: QuerySet[Any], campaigns: Iterable[Campaign], period: Period) -> QuerySet[Any]:
    return _of(rows.filter(campaign__in=_ids(campaigns)), period)


def _of(rows: QuerySet[Any], period: Period) -> QuerySet[Any]:
    rows = rows.filter(hour__lt=period.end)
    return rows if period.start is None else rows.filter(hour__gte=period.start)


def _ids(campaigns: Iterable[Campaign]) -> list[int]:
    return [campaign.pk for campaign in campaigns]
