"""Gathers a report's data: for a campaign, or for a project with all of its campaigns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery, Sum
from wagtail.models import Page

from content.pages import ReportPage
from content.records import Campaign, Project
from content.records.funded import funding_of, with_funding
from social_publisher.engagement import results, site_numbers
from social_publisher.engagement.figures import Figures
from social_publisher.engagement.periods import Period
from social_publisher.engagement.steps import steps_of
from social_publisher.models import Attempt, BreakGlass, Delivery, LinkDay
from social_publisher.models.ledger import State
from social_publisher.models.reporting import reporting_of
from social_publisher.reports.definitions import DEFINITIONS
from social_publisher.reports.facts import Activity, Evidence, Number, Report, Subject, Value
from social_publisher.reports.indicators import counts_of, indicators, project_indicators

SOCIAL, WEBSITE = "social", "website"
PAGES = 50
OUT = (State.PUBLISHED.value, State.RECALLED.value)


def report_on(subject: Campaign | Project, period: Period, *, rehearsals: bool = False) -> Report:
    """Everything that a report of this period says; with rehearsals only if asked for, or while there is nothing else.

    The number of queries does not depend on what there is.
    """
    campaigns = _campaigns(subject)
    networks = None if rehearsals else results.shown_networks()
    project = with_funding().get(pk=subject.pk if isinstance(subject, Project) else subject.project_id)
    brought = results.by_campaign(campaigns, period, networks)
    reads, downloads = site_numbers.reads(campaigns, period), site_numbers.downloads(campaigns, period)
    evidence = _evidence(campaigns, period, networks)
    out = [row for row in evidence if row.state != "recalled" and row.left_in_period]
    until = Period(None, period.last)
    all_time = (brought, reads, downloads) if period.first is None else _all_time(campaigns, until, networks)
    posts_ever = results.published(until, networks)
    counts = {
        campaign.pk: counts_of(
            all_time[0].get(campaign.pk, Figures()),
            posts_ever.get(campaign.pk, 0),
            all_time[1].get(campaign.pk, 0),
            all_time[2].get(campaign.pk, 0),
        )
        for campaign in campaigns
    }
    total = Figures.sum(brought.values())
    to_report = site_numbers.clicks_to(ReportPage.objects.values_list("pk", flat=True), campaigns, period, networks)
    values: dict[str, Value] = {
        "charged": _charged(campaigns, period, networks),
        "posts": len({row.post for row in out}),
        "deliveries": len(out),
        "impressions": total.impressions,
        "downloads": sum(downloads.values()),
        "clicks": total.link_clicks,
        "reactions": total.reactions,
        "rate": total.rate,
        "reads": sum(reads.values()),
        "report_clicks": sum(to_report.values()),
    }
    parts = results.by_channel_and_language(campaigns, period, networks)
    return Report(
        subject=_subject(subject, project),
        first=period.first,
        last=period.last,
        clicks_as_of=results.rolled_up_at(),
        networks_read_at=_read_at(campaigns, networks),
        numbers=tuple(Number(code, DEFINITIONS[code].stage.value, value) for code, value in values.items()),
        indicators=(*indicators(campaigns, period.last, counts), *project_indicators(project)),
        steps=tuple(steps_of(results.by_day(campaigns, period, networks), period)),
        channels=tuple(_channels(parts, campaigns)),
        languages=tuple(_languages(parts)),
        pages=tuple(_pages(campaigns, period)),
        evidence=tuple(evidence),
        activities=tuple(
            _activities(campaigns, out, results.by_campaign_and_network(campaigns, period, networks), reads, downloads)
        ),
        zone=settings.TIME_ZONE,
        rehearsal=networks is None,
        funding=funding_of(project),
    )


def _campaigns(subject: Campaign | Project) -> list[Campaign]:
    rows = Campaign.objects.select_related("project", "reporting").order_by("name")
    chosen = rows.filter(project=subject) if isinstance(subject, Project) else rows.filter(pk=subject.pk)
    return list(chosen)


def _subject(subject: Campaign | Project, project: Project) -> Subject:
    grant = project.grant.reference if project.grant else ""
    if isinstance(subject, Project):
        return Subject(
            "project", subject.acronym, subject.name, str(project), grant, "", "", subject.starts_on, subject.ends_on
        )
    return Subject(
        "campaign", subject.code, subject.name, str(project), grant, subject.goal, subject.language,
        subject.starts_on, subject.ends_on,
    )  # fmt: skip


def _all_time(
    campaigns: Sequence[Campaign], until: Period, networks: results.Networks
) -> tuple[Mapping[int, Figures], Mapping[int, int], Mapping[int, int]]:
    return (
        results.by_campaign(campaigns, until, networks),
        site_numbers.reads(campaigns, until),
        site_numbers.downloads(campaigns, until),
    )


def _charged(campaigns: Iterable[Campaign], period: Period, networks: results.Networks) -> Decimal:
    found = _left(campaigns, period, networks).aggregate(sum=Sum("price"))["sum"]
    return found or Decimal(0)


def _read_at(campaigns: Iterable[Campaign], networks: results.Networks) -> Any:
    return _of(campaigns, networks).aggregate(at=Max("engagement_read_at"))["at"]


def _of(campaigns: Iterable[Campaign], networks: results.Networks) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(post__campaign__in=campaigns)
    return rows if networks is None else rows.filter(channel__network__in=networks)


def _left(campaigns: Iterable[Campaign], period: Period, networks: results.Networks) -> QuerySet[Delivery]:
    """What left in the period, whatever became of it since."""
    rows = _of(campaigns, networks).filter(state__in=OUT, published_at__lt=period.end)
    return rows if period.start is None else rows.filter(published_at__gte=period.start)


def _channels(
    parts: Mapping[tuple[str, str], Figures], campaigns: Iterable[Campaign]
) -> Iterable[tuple[str, str, Figures]]:
    networks = dict(
        Delivery.objects.filter(post__campaign__in=campaigns)
        .order_by()
        .values_list("channel__name", "channel__network")
        .distinct()
    )
    for name in sorted({channel for channel, _language in parts}):
        together = Figures.sum(figures for (channel, _language), figures in parts.items() if channel == name)
        yield name, networks.get(name, ""), together


def _languages(parts: Mapping[tuple[str, str], Figures]) -> Iterable[tuple[str, Figures]]:
    for code in sorted({language for _channel, language in parts}):
        yield code, Figures.sum(figures for (_channel, language), figures in parts.items() if language == code)


def _pages(campaigns: Sequence[Campaign], period: Period) -> Iterable[tuple[str, str, int]]:
    rows = site_numbers.reads_by_page(campaigns, period)[:PAGES]
    titles = dict(Page.objects.filter(pk__in=[page for page, *_rest in rows]).values_list("pk", "title"))
    for page, language, reads in rows:
        yield titles.get(page or 0, ""), language, reads


def _evidence(campaigns: Sequence[Campaign], period: Period, networks: results.Networks) -> list[Evidence]:
    """What left in the period or brought something in it, with what it brought in it: the sums are the numbers."""
    brought = results.by_delivery(campaigns, period, networks)
    rows = _of(campaigns, networks).filter(state__in=OUT, published_at__lt=period.end)
    if period.start is not None:
        rows = rows.filter(Q(published_at__gte=period.start) | Q(pk__in=list(brought)))
    parts = Attempt.objects.filter(delivery=OuterRef("pk")).order_by("-number").values("payload__parts")
    readers = LinkDay.objects.filter(short_link=OuterRef("short_link")).order_by("-readers").values("readers")
    signed = BreakGlass.objects.filter(approval=OuterRef("approval")).values("signed_off_at")
    shown = rows.order_by("published_at", "pk").values(
        "pk", "post_id", "post__campaign__name", "post__language", "channel__name", "channel__network", "published_at",
        "state", "gone_at", "remote_url", "short_link", "approval__urgent", "approval__in_advance",
        "approval__second_approver_name", "post__text",
        parts=Subquery(parts[:1]), best_day=Subquery(readers[:1]), signed=Subquery(signed[:1]),
    )  # fmt: skip
    return [_row(row, brought.get(row["pk"], Figures()), period) for row in shown]


def _row(row: Mapping[str, Any], figures: Figures, period: Period) -> Evidence:
    said = "\n\n".join(part["text"] for part in row["parts"] or ())
    return Evidence(
        delivery=row["pk"],
        post=row["post_id"],
        campaign=row["post__campaign__name"],
        text=said if row["parts"] else row["post__text"],
        language=row["post__language"],
        channel=row["channel__name"],
        network=row["channel__network"],
        published_at=row["published_at"],
        left_in_period=period.has(row["published_at"]),
        approval=_approval(row),
        state="recalled" if row["state"] == State.RECALLED.value else "gone" if row["gone_at"] else "published",
        url=row["remote_url"],
        figures=figures,
        readers_of_a_day=(row["best_day"] or 0) if row["short_link"] else None,
    )


def _approval(row: Mapping[str, Any]) -> str:
    if row["approval__urgent"]:
        return "urgent-signed" if row["signed"] else "urgent-open"
    if row["approval__in_advance"]:
        return "in-advance"
    return "three" if row["approval__second_approver_name"] else "two"


def _activities(
    campaigns: Sequence[Campaign],
    out: Sequence[Evidence],
    brought: Mapping[tuple[str, str], Figures],
    reads: Mapping[int, int],
    downloads: Mapping[int, int],
) -> Iterable[Activity]:
    """One row a campaign and network that it posted on or that brought something, and one for its pages."""
    posts: dict[tuple[str, str], set[int]] = {}
    for row in out:
        posts.setdefault((row.campaign, row.network), set()).add(row.post)
    for campaign in campaigns:
        about: dict[str, Any] = {
            "campaign": campaign.name,
            "goal": campaign.goal,
            "audiences": tuple(reporting_of(campaign).audiences),
            "status": "delivered" if campaign.phase == Campaign.Status.PAST else "ongoing",
        }
        for key in sorted({key for key in (*posts, *brought) if key[0] == campaign.name}):
            yield Activity(
                **about, network=key[1], channel=SOCIAL, posts=len(posts.get(key, ())),
                figures=brought.get(key, Figures()), reads=0, downloads=0,
            )  # fmt: skip
        if reads.get(campaign.pk) or downloads.get(campaign.pk):
            yield Activity(
                **about, network="", channel=WEBSITE, posts=0, figures=Figures(),
                reads=reads.get(campaign.pk, 0), downloads=downloads.get(campaign.pk, 0),
            )  # fmt: skip
