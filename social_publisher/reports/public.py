"""A campaign's results as the public sees them: the numbers of the report, without names and without money."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.db.models import Max
from django.utils.translation import gettext as _

from content.records import Campaign
from content.records.languages import language_name
from content.slots import CampaignResults, Promise, Result
from social_publisher.engagement import results, site_numbers
from social_publisher.engagement.figures import Figures
from social_publisher.engagement.periods import Period, today
from social_publisher.models import Delivery
from social_publisher.models.reporting import Stage
from social_publisher.reports.definitions import DEFINITIONS
from social_publisher.reports.facts import Indicator, Value
from social_publisher.reports.indicators import counts_of, indicators
from social_publisher.reports.wording import indicator_name, network_name

PARTS = ("clicks", "impressions", "reactions")


def public_results(campaign: Campaign) -> CampaignResults:
    """All of it, in the active language. Public networks alone: a rehearsal is no result. Eight queries."""
    networks = results.live_networks()
    period = Period(None, today())
    parts = results.by_channel_and_language([campaign], period, networks)
    total = Figures.sum(parts.values())
    posts = results.published(period, networks).get(campaign.pk, 0)
    site = site_numbers.of_campaign(campaign, period)
    rows = Delivery.objects.filter(post__campaign=campaign, channel__network__in=networks)
    read_at = rows.aggregate(at=Max("engagement_read_at"))["at"]
    names = dict(rows.order_by().values_list("channel__name", "channel__network").distinct())
    counts = {campaign.pk: counts_of(total, posts, site.reads_ever, site.downloads_ever)}
    values: dict[str, Value] = {
        "posts": posts,
        "impressions": total.impressions,
        "reactions": total.reactions,
        "rate": total.rate,
        "clicks": total.link_clicks,
        "reads": site.reads_ever,
        "downloads": site.downloads_ever,
    }
    return CampaignResults(
        numbers=_results(values),
        promises=tuple(_promise(row) for row in indicators([campaign], period.last, counts)),
        networks=tuple(_grouped(parts, lambda channel, _language: network_name(names.get(channel, "")))),
        languages=tuple(_grouped(parts, lambda _channel, language: language_name(language))),
        clicks_as_of=results.rolled_up_at(),
        networks_read_at=read_at,
    )


def _results(values: Mapping[str, Value]) -> tuple[Result, ...]:
    return tuple(
        Result(str(DEFINITIONS[code].label), value, str(DEFINITIONS[code].text)) for code, value in values.items()
    )


def _grouped(
    parts: Mapping[tuple[str, str], Figures], name: Callable[[str, str], str]
) -> Iterable[tuple[str, tuple[Result, ...]]]:
    found: dict[str, list[Figures]] = {}
    for key, figures in parts.items():
        found.setdefault(name(*key), []).append(figures)
    for title, some in sorted(found.items()):
        figures = Figures.sum(some)
        values = dict(zip(PARTS, (figures.link_clicks, figures.impressions, figures.reactions), strict=True))
        yield title, _results(values)


def _promise(row: Indicator) -> Promise:
    return Promise(
        stage=str(Stage(row.stage).label),
        label=indicator_name(row.label, row.labels, row.counts),
        baseline=row.baseline,
        target=row.target,
        actual=row.actual,
        share=row.share,
        source=_("Counted by this site") if row.counts else row.source,
        as_of=row.as_of,
    )
